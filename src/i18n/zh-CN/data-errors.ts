/** `error.<code>` and `issue.<code>` about files of the user's own. */
export const dataErrors: Readonly<Record<string, string>> = {
  "error.crs.missing":
    "文件没有写明坐标系，数值（{x}, {y}）也不符合任何已知坐标系。请附上 .prj 文件，或给出 EPSG 代码。",
  "error.csv.empty": "{file} 在列名之后没有任何行。",
  "error.csv.no_coordinates": "{file} 中没有坐标列。请在第一行用“经度、纬度”或“东坐标、北坐标”命名坐标列。",
  "error.czml.empty": "{file} 除 document 之外没有其他数据包。",
  "error.czml.invalid": "{file} 不是完整的 CZML：{reason}。请检查文件或重新导出。",
  "error.czml.large": "{file} 超过 256 MB。请拆分后再打开。",
  "error.data.empty": "{file} 是空文件（0 字节）。请重新复制或导出。",
  "error.data.nothing_shown": "{file} 的 {count} 个要素都无法显示（首个问题：{reason}）。请检查几何与坐标。",
  "error.data.unknown":
    "无法识别 {file} 的格式。可打开 GeoJSON、KML/KMZ、CZML、压缩的 Shapefile、带坐标的 CSV、FlatGeobuf、GPX、GeoTIFF、CityJSON、CityGML、glTF、压缩的三维瓦片、3tz 与 IFC。",
  "error.gltf.invalid": "{file} 不是完整的 glTF：{reason}。请重新导出。",
  "error.gltf.outside": "{file} 还需要旁边的文件 {uri}。请导出为包含全部内容的 GLB。",
  "error.gpx.empty": "{file} 中没有航点、路线或轨迹。",
  "error.kml.empty": "{file} 中没有可显示的地标。",
  "error.tiles.missing": "瓦片中没有文件 {path}。请重新打包后再打开。",
  "error.zip.bomb": "{file} 中的 {entry} 解压后会异常庞大，没有打开。",
  "error.zip.invalid": "{file} 不是完整的 zip 文件：{reason}。请重新复制或打包。",
  "error.zip.nothing":
    "{file} 中没有可显示的内容（{count} 个文件）。请打包带 .dbf 与 .prj 的 Shapefile、带 tileset.json 的三维瓦片，或一个数据文件。",
  "error.zip.unsupported": "{file} 中的 {entry} 已加密或压缩方式不受支持。请重新打包为普通 zip。",
  "issue.coordinates.range": "坐标不在地球上或不是数字，未显示。",
  "issue.crs.chosen": "文件没有写明坐标系，按数值选定；可在下方更改。",
  "issue.czml.moving": "移动的对象以整条轨迹显示。",
  "issue.czml.not_shown": "这种 CZML 图形不支持，未显示。",
  "issue.geometry.parts": "部分几何无法显示，已略去。",
  "issue.geometry.unusable": "几何为空、损坏或不受支持，未显示。",
  "issue.kml.not_shown": "网络链接、叠加图片与三维模型不显示，也不会从别处下载。",
};
