import type { errors as zh } from "../zh-CN/errors.ts";

export const errors: Readonly<Record<keyof typeof zh, string>> = {
  "error.analysis.fetch": "{url} could not be loaded (HTTP {status}). Try again.",
  "error.analysis.ground":
    "This city has no ground grid (ground.bin), so inundation is not available. Run npm run demo-city again.",
  "error.analysis.index":
    "The city has no building index ({url}), so buildings cannot be listed or counted. Run npm run demo-city again.",
  "error.analysis.not-loaded": "No city is loaded for analysis yet. Open a city first.",
  "error.basemap.bad-template": "The map address must contain {z}, {x} and {y}. Complete it: {url}",
  "error.basemap.base-damaged":
    "The city's base map base.json is damaged and cannot be read. Run npm run demo-city again.",
  "error.basemap.base-missing":
    "The city's base map {url} cannot be reached. Check the server, or run npm run demo-city again.",
  "error.basemap.key-missing": "{provider} needs a key. Enter yours in the base map settings.",
  "error.basemap.refused": "{provider} refused asset {asset}. Check the token and that the asset is imagery.",
  "error.basemap.unreachable":
    "The map server {url} gave no tile. Check the address, the key and that it allows other pages (CORS).",
  "error.bim.tile_unreadable":
    "A part of the model ({file}) cannot be shown close up: {detail}. Go back and open the building again; if it comes back, open its IFC file again.",
  "error.cap.draft":
    "The warning cannot go out: {field} is wrong ({problem}). Mend what the check list says, then issue it.",
  "error.cap.none": "No warning of incident {id} is in force: there is nothing to cancel.",
  "error.cap.doctype":
    "The alert declares a document type, which is refused for safety. The sender must correct it.",
  "error.cap.encoding":
    "The alert's text is not {encoding}, which it says it is. The sender must correct it.",
  "error.cap.invalid":
    "The alert cannot be used: {field} should be {expected}, but is {received}. The sender must correct it.",
  "error.cap.root": "This XML is no CAP alert: its root element is not alert. Check the feed's topic.",
  "error.cap.size": "The alert is too large ({bytes} bytes) and was not read. Ask its sender.",
  "error.cap.version": "The alert is not CAP 1.2. The sender must use 1.2.",
  "error.cap.xml": "The alert is not well-formed XML. The sender must correct it.",
  "error.city.not-settled":
    "The city was still loading after {timeoutMs} ms; wait for the network or hide heavy layers.",
  "error.city.restarting": "The city view is being rebuilt; try again in a second.",
  "error.command.invalid": 'Command "{type}" has a wrong argument: {field} should be {expected}.',
  "error.command.unknown": 'There is no command "{type}".',
  "error.config.invalid": "config.json is wrong: {field} should be {expected}. Correct this field.",
  "error.crs.outside":
    "The point lies outside the area where its coordinate system can be used. Check that both belong together.",
  "error.crs.unknown":
    'The coordinate system "{crs}" is not known here. Name one by its EPSG code, for example EPSG:4550.',
  "error.feed.clock": "The simulation clock was not changed: {reason}.",
  "error.feed.gtfs": "GTFS-realtime: {place} should be {expected}. Tell the provider.",
  "error.feed.tracks": "Storm tracks: {place} should be {expected}. Tell the provider.",
  "error.feed.unknown": "There is no feed {id}. Choose one of the feed list.",
  "error.feed.lost": "The connection to {host} is lost ({detail}).",
  "error.feed.mqtt-busy": "{host} is busy or shutting down. It is tried again later.",
  "error.feed.mqtt-client": "{host} does not accept the client id. Ask its operator.",
  "error.feed.mqtt-forbidden":
    "{host} does not let this user in. Enter a user name and password that may read.",
  "error.feed.mqtt-moved":
    "{host} says that the broker has another address now. Change it in the configuration.",
  "error.feed.mqtt-password": "{host} does not accept the user name or password. Enter them again.",
  "error.feed.mqtt-quota":
    "{host} finds that too many messages or connections came. It is tried again later.",
  "error.feed.mqtt-taken": "{host} gave this session to another connection with the same client id.",
  "error.feed.mqtt-version":
    "{host} does not speak this version of MQTT. Choose 5 or 4 (3.1.1) in the configuration.",
  "error.feed.geojson": "The GeoJSON data is wrong: {place} should be {expected}. Ask its provider.",
  "error.feed.payload": "The message cannot be read: {problem}. Ask its provider.",
  "error.feed.size": "{url} sent more than {limit} bytes, which were not read. Ask for less.",
  "error.feed.status": "{url} answered HTTP {status}. Check the address and the permission.",
  "error.feed.unreachable":
    "{url} gave no answer. Check the address, the network, and that its server allows this page (CORS).",
  "error.fetch.failed":
    "{url} cannot be reached. Check the address, and that its server allows requests from this page (CORS).",
  "error.fetch.not-json": "{url} is not JSON. Check the address.",
  "error.fetch.status": "{url} answered HTTP {status}. Check the address.",
  "error.file.gone": "The chosen file is not here any more. Choose it again.",
  "error.city.attributes": "The inputs have more than 65535 different attributes.",
  "error.city.nothing_built": "None of {count} features could be built. The first: {reason}",
  "error.citygml.invalid": "{file} is not whole CityGML.",
  "error.cityjson.invalid": "{file} is not readable CityJSON: {reason}.",
  "error.cityjson.too_large":
    "{file} is CityJSON of more than 500 MB in one piece. Convert it to CityJSONSeq, which is read line by line.",
  "error.crs.late": "{file} names its coordinate system ({crs}) only after features. Name it with --crs.",
  "error.dbf.invalid": "{file} is not a dBASE table. Export the shapefile again.",
  "error.flatgeobuf.invalid":
    "{file} is not a whole FlatGeobuf file: {reason} (byte {at}). Copy or export it again.",
  "error.geojson.empty":
    "{file} holds no GeoJSON features. Give a FeatureCollection, features or one feature a line.",
  "error.geojson.invalid":
    "{file} is not whole GeoJSON (byte {at}: {reason}). Check the file or export it again.",
  "error.input.unknown":
    "{file} is in no format that can be read. Give GeoJSON, a .shp, CityJSON, CityGML or FlatGeobuf file.",
  "error.output.busy": "Another run is writing {path}. Wait for it or choose another folder.",
  "error.shapefile.invalid":
    "{file} is not a whole shapefile: {reason} (byte {at}). Copy or export it again, with its .dbf and .prj.",
  "error.xml.invalid": "The XML is broken at character {at}: {reason}.",
  "error.ifc.empty": "{file} is empty (0 bytes). Export or copy it again.",
  "error.ifc.geometry_failed":
    "The shapes of this model cannot be built: the geometry kernel stopped ({detail}). Some shape may refer to itself; check the file with an IFC validator.",
  "error.ifc.html":
    "{file} is a web page, not a model: a download link may have asked for a sign-in. Fetch the IFC file itself.",
  "error.ifc.no_geometry":
    "{file} has no element with a shape that can be shown ({elements} have one that could not be built).",
  "error.ifc.not_ifc":
    "{file} is not an IFC file: it does not begin with ISO-10303-21. Choose a file exported as IFC.",
  "error.ifc.nothing": "{file} holds no project and nothing to show. Export the model again.",
  "error.ifc.open_failed":
    "{file} cannot be read: its text breaks the rules of IFC ({detail}). Export the model again, or check it with an IFC validator.",
  "error.ifc.schema_missing":
    "{file} does not say which IFC schema it follows (FILE_SCHEMA). Export the model again.",
  "error.ifc.schema_unknown":
    '{file} follows the schema "{schema}", which is not read here. Export it as one of {known}.',
  "error.ifc.stuck":
    "{file} made no progress for {seconds} s, so its conversion was ended. Some shape may refer to itself; check the file with an IFC validator.",
  "error.ifc.truncated":
    "{file} ends too early: its last line END-ISO-10303-21 is missing, so part of the model is lost. Export or download it again.",
  "error.ifc.utf16": "{file} is saved as UTF-16 text. Save it as plain text (UTF-8) and try again.",
  "error.ifc.xml": "{file} is ifcXML, which is not read here. Export it as IFC-SPF (.ifc) instead.",
  "error.ifc.zip_broken":
    "{file} is a compressed file that cannot be unpacked: it is damaged or incomplete. Copy it again.",
  "error.ifc.zip_without_ifc":
    "{file} is a ZIP archive without an .ifc file in it. Choose an IFC or ifcZIP file.",
  "error.incident.closed": "Incident {id} is closed. Move it back to verification first.",
  "error.incident.exists": "Incident {id} exists already. Choose another number.",
  "error.incident.log":
    "The event log is damaged at entry {line} ({entry}) and cannot be replayed. Restore it from a copy.",
  "error.incident.phase": "Incident {id} cannot go from {from} to {to}. Follow the order of its life.",
  "error.incident.text": "A note has 1 to {limit} characters.",
  "error.incident.unknown": "There is no incident {id}.",
  "error.alert.over": "The alerts of rule {id} are over.",
  "error.incident.no-area": "Incident {id} has no area. Draw a zone for it first.",
  "error.incident.past": "The past is shown, where nothing can be changed. Go back to live first.",
  "error.incident.skipped":
    "{count} log {count#entry|entries} could not follow the ones before and {count#was|were} left out (another page may have been open at the same time).",
  "error.incident.title": "An incident needs a title, a warning or a group of alerts to be opened from.",
  "error.incident.view": "Incident {id} has no such view.",
  "error.model.unknown": 'No model "{id}" is open. Open an IFC file first.',
  "error.model.unreadable": "The stored model {id} cannot be read ({path}). Open its IFC file again.",
  "error.scenario.invalid":
    "The scenario's manifest cannot be used: {field} should be {expected}, but is {received}. Correct this field.",
  "error.select.unknown": "{id} is not in the loaded layers. Check its number, or load its layer first.",
  "error.sensorthings.invalid":
    "The SensorThings data is wrong: {place} should be {expected}. Ask its provider.",
  "error.storage.failed":
    "The browser's storage refused to write {path} ({detail}). Reload the page and try again.",
  "error.storage.full":
    "The browser's storage is full: remove models that are no longer needed, or free disk space, and try again.",
  "error.storage.missing":
    "This browser gives no private file storage here, which converted models need. Use a current Chrome, Edge, Firefox or Safari over https or localhost, not in a private window.",
  "error.storage.not_found":
    "The stored model has no file {path}: the browser may have cleared it. Open the IFC file again.",
  "error.story.invalid":
    "The story cannot be played: {field} should be {expected}, but is {received}. Correct this field.",
  "error.tileset.cors":
    "{url} answers but does not let other pages read it. Its server must send Access-Control-Allow-Origin.",
  "error.tileset.forbidden": "{url} wants permission. Add a key or token to the address.",
  "error.tileset.http": "{url} answered HTTP {status}. Try again later.",
  "error.tileset.index.columns": "A column of {file} has {actual} values, but {expected} are expected.",
  "error.tileset.index.damaged":
    "{file} is damaged: its header does not fit its content. Generate the city again with npm run demo-city.",
  "error.tileset.index.length":
    "{file} ends too early, after {bytes} bytes. Generate the city again with npm run demo-city.",
  "error.tileset.index.magic":
    "{file} is not a building file of this application. Generate the city again with npm run demo-city.",
  "error.tileset.index.version":
    "{file} has format version {version}, but this application reads {expected}. Generate the city again with npm run demo-city.",
  "error.tileset.not-a-tileset": "{url} is not a 3D Tiles tileset. Give the address of its tileset.json.",
  "error.tileset.not-found": "There is nothing at {url}. Check the address.",
  "error.tileset.not-json":
    '{url} is not JSON (it begins with "{start}"). Give the address of a tileset.json.',
  "error.tileset.unreachable": "No answer from {url}. Check the address and the network.",
  "error.tileset.unsupported-version":
    "{url} is 3D Tiles {version}; versions 1.0 and 1.1 are supported. Use one of these.",
  "error.unexpected":
    "Something unexpected happened: {detail}. Try again; if it comes back, reload the page.",
  "error.warning.unknown": "Warning {id} is not in force any more.",
  "error.worker.died": "The background work stopped: {detail}. Try again; if it comes back, reload the page.",
  "issue.georef.conflict": "The file has map conversions that disagree; the first one is used.",
  "issue.georef.crs_unknown":
    "The file's coordinate system is not known here, so the model is not placed. Convert again with its EPSG code, for example EPSG:4550.",
  "issue.georef.factors_ignored":
    "The axis factors of the map conversion are not applied: the model keeps its size.",
  "issue.georef.far_from_site":
    "The geometry lies far from the site's reference point: check where it landed.",
  "issue.georef.implausible":
    "The file's eastings and northings do not lie where its coordinate system is used; the model is not placed.",
  "issue.georef.out_of_range":
    "The file's latitude and longitude are not a place to build; the model is not placed.",
  "issue.georef.scale_ignored":
    "The scale of the map conversion does not fit the length units and is not applied.",
  "issue.georef.true_north":
    "TrueNorth is not a direction in the plane: the model's Y axis is taken as north.",
  "issue.georef.zero": "The file gives 0, 0 as its place: taken as not given.",
  "issue.ifc.duplicate_global_id": "Elements repeat a GlobalId; the express id was added to tell them apart.",
  "issue.ifc.element_failed": "An element's shape could not be built; it is left out.",
  "issue.ifc.huge":
    "The model is many kilometres long: its length unit may be wrong, or something lies far away.",
  "issue.ifc.no_geometry": "No element has a shape that can be shown.",
  "issue.ifc.no_length_unit": "The file names no length unit: metres are assumed.",
  "issue.ifc.without_geometry": "Some elements have a shape that could not be built; they are not shown.",
  "error.log.entry":
    "An entry of the event log is damaged: {field} should be {expected}. The others are not affected.",
  "error.log.newer":
    "The event log was written by a newer version, which this one cannot continue: reload the page to update. Until then entries are kept in memory only.",
  "error.log.closed":
    "The browser does not let the event log be stored: entries are kept in memory only and are lost with this page. Check private mode and the site's storage permission.",
  "error.log.full":
    "There is no room left for the event log: new entries are kept in memory only and are lost with this page. Free some space, then reload.",
  "error.timeline.past": "The past is shown: go back to live first, or start a what-if from here.",
  "error.timeline.empty":
    "Nothing has been recorded yet: once a scenario is open, events come into the timeline by themselves.",
  "error.package.not-zip": "This is no incident package: the file is not a zip.",
  "error.package.foreign": "This zip file is no incident package: it has no package manifest.",
  "error.package.version":
    "The package has version {version}; this program reads version {known} only. Update the program.",
  "error.package.damaged": "The incident package is damaged or incomplete: export or download it again.",
  "error.package.too-big": "The incident package unfolds to more than {limitMb} MB: it was not imported.",
  "error.package.hash":
    'The package "{name}" does not add up to its hash: it may have been changed, and was not imported.',
  "error.package.unreachable":
    "The incident package {url} could not be fetched: check the address and the network.",
  "error.facilities.invalid":
    "The list of facilities is wrong at {field}: {expected} expected, {received} found. Lists of what is affected come without facilities.",
  "error.network.invalid":
    "The pipe network is wrong at {field}: {expected} expected, {received} found. Lists of what is affected come without mains.",
  "error.analysis.roads": "This city has no road map (base.json): ways and travel times are not available.",
  "error.zone.unknown": "There is no zone {id}. It may have been removed.",
  "error.zone.not-drawing": "No zone is being drawn. Choose “Draw a zone” first.",
  "error.zone.too-few-corners": "A zone needs three corners or more. Add corners on the map first.",
  "error.zone.crosses-itself":
    "The outline would cross itself. Put the corner elsewhere, or take the last one back.",
  "error.unit.unknown": "There is no unit {id}. It may be off duty.",
  "error.unit.past": "The past is shown: go back to live before units are sent or recalled.",
  "error.unit.no-place":
    "It is not known where to send the unit: the incident has no area. Draw a zone for it first.",
  "error.unit.unreachable": "No road leads {name} there; it was not sent.",
  "error.unit.not-out": "{name} is not out; there is nothing to recall.",
  "error.reading.bad_xml": "{file} cannot be read as XML: {problem}.",
  "error.reading.unknown_property": "No element of this model has the property {property}.",
  "error.reading.no_viewpoint": "There is no viewpoint {id}: it may have been removed.",
  "error.reading.flat_plane": "A section plane needs a direction: its normal has no length.",
  "error.bcf.not_zip": "This is no BCF file: it is not a zip archive.",
  "error.bcf.no_topics": "The BCF file holds no topic that can be read. {detail}",
  "error.bcf.topic_unreadable": "A topic of the BCF file cannot be read: {detail}",
  "error.bcf.nothing": "There is no viewpoint to export: save one first.",
  "error.ids.not_ids": "{file} is no IDS file: it holds no specification.",
};
