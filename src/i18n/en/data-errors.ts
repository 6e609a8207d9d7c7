/** `error.<code>` and `issue.<code>` about files of the user's own. */
export const dataErrors: Readonly<Record<string, string>> = {
  "error.catalogue.invalid":
    'The layer catalogue is wrong at "{layer}", field {field}: {expected} expected. The layer is left out; correct the catalogue file.',
  "error.map.unreachable":
    "The map server {host} cannot be reached: check the address, and that it allows other pages (CORS).",
  "error.map.refused":
    "The map server {host} refused the request: {reason}. Check the layer's name, the key and its rights.",
  "error.map.not-found":
    "The map server {host} answered HTTP {status}: check the address and the layer's name.",
  "error.map.no-picture":
    "The map server {host} answered with {type} instead of a picture: the address is not that of a map service.",
  "error.map.no-service": "{host} does not describe a {kind} service there: check the address.",
  "error.map.no-features": "{file} holds no features: open it as a file instead.",
  "error.map.no-time": 'The layer "{id}" has no moment {time}: choose one of its list.',
  "error.map.unknown": 'Neither the catalogue nor the list has a layer "{id}": choose one of the catalogue.',
  "error.table.none": "This layer has no attribute table: it holds tiles, not features.",
  "error.table.unknown-column": 'The table has no column "{column}". Its columns are: {columns}.',
  "error.red-line.no-plan": "The city has no plan at {url}: there is nothing to compare its buildings with.",
  "error.red-line.plan-damaged":
    "The plan file {file} is damaged. Generate the city again with npm run demo-city.",
  "error.crs.missing":
    "The file names no coordinate system, and none fits its numbers ({x}, {y}). Add a .prj file, or give an EPSG code.",
  "error.csv.empty": "{file} has no rows below its column names.",
  "error.csv.no_coordinates":
    "{file} has no columns of coordinates. Name them longitude and latitude, or easting and northing, in the first row.",
  "error.czml.empty": "{file} holds no packets besides the document.",
  "error.czml.invalid": "{file} is not whole CZML: {reason}. Check the file or export it again.",
  "error.czml.large": "{file} is larger than 256 MB. Split it into parts.",
  "error.data.empty": "{file} is empty (0 bytes). Copy or export it again.",
  "error.data.nothing_shown":
    "None of the {count} features of {file} can be shown (first problem: {reason}). Check geometry and coordinates.",
  "error.data.unknown":
    "{file} is in no known format. Open GeoJSON, KML or KMZ, CZML, a zipped shapefile, CSV with coordinates, FlatGeobuf, GPX, CityJSON, CityGML, glTF, a zipped tileset, 3tz or IFC.",
  "error.gltf.invalid": "{file} is not whole glTF: {reason}. Export it again.",
  "error.gltf.outside": "{file} needs the file {uri} beside it. Export it as GLB, which holds everything.",
  "error.gpx.empty": "{file} holds no way points, routes or tracks.",
  "error.kml.empty": "{file} holds no placemarks that could be shown.",
  "error.tiles.missing": "The tiles have no file {path}. Pack them again.",
  "error.zip.bomb": "{entry} in {file} would unpack to an absurd size; it was not opened.",
  "error.zip.invalid": "{file} is not a whole zip file: {reason}. Copy or pack it again.",
  "error.zip.nothing":
    "{file} holds nothing that can be shown ({count} files). Pack a shapefile with its .dbf and .prj, a tileset with its tileset.json, or one data file.",
  "error.zip.unsupported":
    "{entry} in {file} is encrypted, or packed in a way that is not read. Pack it again as a plain zip.",
  "issue.city.ring.not_finite": "Coordinates that are no numbers were left out.",
  "issue.city.ring.unclosed": "A ring was not closed; it was closed.",
  "issue.city.ring.repeated_vertex": "Vertices on top of each other were left out.",
  "issue.city.ring.self_intersection": "A ring crosses itself; it was taken apart at its crossings.",
  "issue.city.ring.winding": "A ring turned the wrong way; it was turned.",
  "issue.city.ring.zero_area": "A ring without an area was left out.",
  "issue.city.height.missing": "No height is given; one was assumed.",
  "issue.city.height.implausible": "The height cannot be; one was assumed.",
  "issue.city.geometry.unusable": "Its geometry is empty, damaged or no area: not shown.",
  "issue.city.geometry.no_area": "It encloses no area: not shown.",
  "issue.city.geometry.parts": "Parts without an area were left out.",
  "issue.city.coordinates.range": "Its coordinates are not on the earth or not numbers: not shown.",
  "issue.city.feature.duplicate": "It is the same as another feature: not shown.",
  "issue.city.id.duplicate": "Its id was taken; a number was added.",
  "issue.coordinates.range": "Its coordinates are not on the earth or not numbers: not shown.",
  "issue.crs.chosen": "The file names no coordinate system: one was chosen by its numbers; change it below.",
  "issue.czml.moving": "What moves is shown as the whole of its way.",
  "issue.czml.not_shown": "This kind of CZML graphics is not shown.",
  "issue.geometry.parts": "Parts that cannot be shown were left out.",
  "issue.geometry.unusable": "Its geometry is empty, damaged or not supported: not shown.",
  "issue.kml.not_shown":
    "Network links, pictures and 3D models are not shown, and nothing is fetched from elsewhere.",
  "error.terrain.not-found":
    "There is no terrain at {url}: layer.json does not answer. Check the address, and that the server allows this page.",
  "error.terrain.not-terrain":
    "What lies at {url} is not terrain that can be shown: layer.json names no format or no tiles.",
  "error.terrain.short-line": "A profile needs two places at least: click on the map twice.",
  "error.terrain.none": "There is no terrain to measure: switch one on under Layers first.",
  "error.terrain.no-height":
    "The terrain gave no height along this line: it did not load or does not reach there. Try again or draw elsewhere.",
  "error.terrain.no-heights":
    "{file} has no height at any post: all are marked as missing. Check its nodata value.",
  "error.terrain.is-picture":
    "{file} is a picture with {bands} bands, not a height model: heights come as one band.",
  "error.geotiff.unreadable": "{file} is not a whole TIFF file: {detail}. Fetch or export it again.",
  "error.geotiff.compression":
    "{file} is compressed in a way that cannot be read here ({detail}). Save it with deflate, LZW or no compression.",
  "error.geotiff.no-crs":
    "{file} does not name its coordinate system by an EPSG code. Name it, for example EPSG:4550.",
  "error.geotiff.no-place":
    "{file} does not say where it lies: it has no tie point with a pixel size and no transformation. Export it as GeoTIFF with its world position.",
  "error.geotiff.too-wide": "{file} is {columns} cells wide; up to {limit} can be read. Cut it into parts.",
};
