import type { place as zh } from "../zh-CN/place.ts";

export const place: Readonly<Record<keyof typeof zh, string>> = {
  "place.title": "Check the place",
  "place.examine": "Check the place",
  "place.palette": "Check the place of {name}",
  "place.close": "End the check",
  "place.doubtful": "The georeference of “{name}” is doubtful: check where it landed",
  "place.read": "“{name}” was placed as “{file}” says",
  "place.readForOther": "“{file}” was saved for another version of “{name}”: it was placed so, check it",
  "place.unplaced": "The file does not say where it stands. Click the map, or type coordinates below.",
  "place.follows": "Stands as candidate {number} says",
  "place.byHand": "Stands where it was put by hand",
  "place.bearing": "Y axis bearing",
  "place.lift": "Lift above ground",
  "place.undo": "Undo",
  "place.reset": "Back to the file's place",
  "place.says": "What the file says",
  "place.count": "{count} {count#candidate|candidates}",
  "place.saysNothing":
    "The file says nothing of its place: no IfcMapConversion, no latitude and longitude of IfcSite, and its coordinates are no map coordinates.",
  "place.coordinates": "The coordinates themselves",
  "place.now": "Now",
  "place.lands": "Lands at",
  "place.fromCity": "{distance} from {city}",
  "place.fromStanding": "{distance} from where it stands",
  "place.fromOther": "{distance} from candidate {number}",
  "place.separator": "; ",
  "place.noDoubt": "No doubt found",
  "place.choose": "Take {number}",
  "place.look": "Look there",
  "place.move": "Move and turn",
  "place.notYet": "Click the map first, then move it here.",
  "place.step": "Step",
  "place.north": "Move north",
  "place.south": "Move south",
  "place.east": "Move east",
  "place.west": "Move west",
  "place.turnLeft": "Turn left",
  "place.turnRight": "Turn right",
  "place.up": "Raise",
  "place.down": "Lower",
  "place.hint":
    "Drag the building on the map to move it, with Shift to turn it. With the map in focus: arrow keys move 1 m (10 m with Shift), [ ] turn 1°, Page Up / Page Down raise and lower, Ctrl+Z undoes.",
  "place.numbers": "Type coordinates",
  "place.byMap": "Map coordinates",
  "place.byDegrees": "Degrees",
  "place.crs": "Coordinate system",
  "place.crsUnknown": "This system is not known here. Use an EPSG code, for example EPSG:4550.",
  "place.eastings": "Easting (m)",
  "place.northings": "Northing (m)",
  "place.longitude": "Longitude (°)",
  "place.latitude": "Latitude (°)",
  "place.bearingDeg": "Y axis bearing (°)",
  "place.liftM": "Lift (m)",
  "place.offMap": "These figures do not lie where the system is used: swapped, or without their zone number?",
  "place.apply": "Put it here",
  "place.originNote":
    "The coordinates are those of the model frame's origin; the bearing runs clockwise from true north to the model's Y axis.",
  "place.keep": "Keep the place",
  "place.levelZero": "Height of level 0 (m)",
  "place.saveSidecar": "Save a place file",
  "place.saveIfc": "Save an IFC with the place",
  "place.keepNote":
    "A place file (.place.json) is followed when it is dropped together with the IFC. The IFC copy changes IfcMapConversion and IfcProjectedCRS only; every other byte stays.",
  "place.keepNote2x":
    "A place file (.place.json) is followed when it is dropped together with the IFC. The IFC2X3 copy gets ePSet_MapConversion and ePSet_ProjectedCRS only; every other byte stays.",
  "place.failures": "Elements without a shape",
  "place.failureCount": "{count} {count#element|elements}",
  "place.failed.cycle": "Its shape refers to itself",
  "place.failed.fault": "The geometry kernel stopped at it",
  "place.failed.empty": "The kernel made no triangles of it",
  "place.card": "The georeference is doubtful: check the place",
  "error.place.none": "“{name}” has no place yet: click on the map first.",
  "error.place.unknown_candidate": "The file has no statement “{candidate}” about its place.",
  "error.place.outdated":
    "{file} was converted by an earlier version: open the IFC file again, then check its place.",
  "error.ifc.gave_up":
    "The conversion of {file} broke off twice ({detail}) and was given up. Check it with an IFC validator, or export it in parts.",
  "error.place.no_ifc":
    "The IFC file itself is not at hand any more: open {file} again (it takes a moment only), then save the copy.",
  "error.place.no_model":
    "{file} says where {model} stands, but that model is not open: open it first, or drop both together.",
  "error.place.not_a_place":
    "{file} does not say where a model stands, or is damaged. Choose a .place.json that was saved here.",
  "error.place.version": "{file} was written by another version. Save the place again.",
  "error.ifc.no_context": "{file} has no geometric context to which a place could be written.",
  "error.ifc.no_site": "{file} has no site (IfcSite) to which a place could be written.",
  "error.ifc.too_large":
    "{file} has {size} GB, more than a browser can hold ({limit} GB). Export it in parts, by storey or discipline.",
  "error.ifc.zip_bomb":
    "{file} unpacks to more than {megabytes} MB, which no model of its size does: it was not opened. Unpack it yourself if you trust it.",
  "issue.georef.coarse":
    "Latitude and longitude are given to the minute only: off by hundreds of metres or more.",
  "issue.georef.default_place":
    "This latitude and longitude is what {tool} fills in: probably nobody set it.",
  "issue.georef.double":
    "The geometry has map coordinates already, and a map conversion on top: it was not added twice.",
  "issue.georef.grid_guessed":
    "The coordinates look like map coordinates, but the file names no system: a 3-degree grid of Liaoning is a guess.",
  "issue.georef.no_height_datum": "No height datum is named: heights are taken as they are written.",
  "issue.georef.no_north": "True north is not given: the model's Y axis is taken as north.",
  "issue.georef.swapped": "Easting and northing fit the system only the other way round: they were swapped.",
  "issue.georef.thousandfold":
    "The coordinates fit the system only with millimetres and metres exchanged: they were converted.",
  "issue.georef.unit_guessed": "The map unit is not given: the unit of the system is a guess.",
  "issue.georef.world_origin": "WorldCoordinateSystem is not the origin: it was not applied.",
  "issue.georef.zone_prefix":
    "The zone number in front of the easting does not fit the system: it was mended.",
};
