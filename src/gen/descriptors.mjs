// Describes .proto files as protoc does: each as a `google.protobuf.FileDescriptorProto`, which is
// what server reflection hands out. Written here, because protobufjs' own describer knows no files
// and loses `optional`. What our files do not use is refused rather than left out.
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import protobuf from 'protobufjs'

const { Enum, Field, MapField, Root, Service, Type, Writer } = protobuf

/** Numbers of `FieldDescriptorProto.Type`. */
const TYPES = {
  ...{ double: 1, float: 2, int64: 3, uint64: 4, int32: 5, fixed64: 6, fixed32: 7, bool: 8 },
  ...{ string: 9, message: 11, bytes: 12, uint32: 13, enum: 14, sfixed32: 15, sfixed64: 16 },
  ...{ sint32: 17, sint64: 18 },
}
const OPTIONAL = 1
const REPEATED = 3

/**
 * The files below `folder` and all that they import. `renamed`: files that are described as well
 * under another package, as `{ path, from, to }`. Services are named of files that were asked for.
 */
export function describe(folder, paths, renamed = []) {
  const described = new Map()
  for (const path of paths) add(described, path, (name) => readFileSync(join(folder, name), 'utf8'))
  for (const { path, from, to } of renamed) {
    const inNewPackage = (text) => text.replaceAll(from.replaceAll('/', '.'), to.replaceAll('/', '.'))
    const read = (name) => inNewPackage(readFileSync(join(folder, name.replace(to, from)), 'utf8'))
    add(described, path.replace(from, to), read)
  }
  const asked = new Set([...paths, ...renamed.map(({ path, from, to }) => path.replace(from, to))])
  return Array.from(described.values(), (file) =>
    asked.has(file.name) ? file : { ...file, services: [] },
  )
}

function add(described, path, read) {
  const root = new Root()
  const imports = new Map()
  load(root, path, read, imports)
  root.resolveAll()
  for (const [name, { packageName, dependencies }] of imports)
    if (!described.has(name)) described.set(name, fileOf(root, { name, packageName, dependencies }))
}

function load(root, path, read, imports) {
  if (imports.has(path)) return
  const common = protobuf.common.get(path)
  if (common) {
    root.addJSON(common.nested)
    const packageName = path.split('/').slice(0, -1).join('.')
    for (const type of root.lookup(packageName).nestedArray) type.filename ??= path
    imports.set(path, { packageName, dependencies: [] })
    return
  }
  protobuf.parse.filename = path
  const parsed = protobuf.parse(read(path), root, { keepCase: true })
  const dependencies = parsed.imports ?? []
  for (const dependency of dependencies) load(root, dependency, read, imports)
  imports.set(path, { packageName: parsed.package, dependencies })
}

function fileOf(root, { name, packageName, dependencies }) {
  const objects = root.lookup(packageName).nestedArray.filter(({ filename }) => filename === name)
  const file = new Writer()
  text(file, 1, name)
  text(file, 2, packageName)
  for (const dependency of dependencies) text(file, 3, dependency)
  for (const type of objects.filter(isType)) nested(file, 4, messageOf(type))
  for (const type of objects.filter(isEnum)) nested(file, 5, enumOf(type))
  for (const service of objects.filter(isService)) nested(file, 6, serviceOf(service))
  text(file, 12, 'proto3')
  return {
    ...{ name, dependencies },
    symbols: objects.flatMap((object) => namesOf(object)),
    services: objects.filter(isService).map((service) => fullName(service).slice(1)),
    descriptor: Buffer.from(file.finish()).toString('base64'),
  }
}

const isType = (object) => object instanceof Type
const isEnum = (object) => object instanceof Enum
const isService = (object) => object instanceof Service

/** With the dot in front. */
const fullName = (object) => object.fullName

/** Of an object and of what is named inside of it, without the dot in front. */
function namesOf(object) {
  const name = fullName(object).slice(1)
  if (isEnum(object)) {
    // The names of its values are those of what it stands in.
    const scope = name.slice(0, name.lastIndexOf('.'))
    return [name, ...Object.keys(object.values).map((value) => `${scope}.${value}`)]
  }
  if (isService(object)) return [name, ...Object.keys(object.methods).map((to) => `${name}.${to}`)]
  const members = [...Object.keys(object.fields), ...Object.keys(object.oneofs ?? {})]
  const inside = object.nestedArray.flatMap((type) => namesOf(type))
  return [name, ...members.map((member) => `${name}.${member}`), ...inside]
}

function messageOf(type) {
  const message = new Writer()
  text(message, 1, type.name)
  // The oneofs of `optional` fields come last.
  const oneofs = type.oneofsArray.toSorted((one, other) => isOptional(one) - isOptional(other))
  for (const field of type.fieldsArray) nested(message, 2, fieldOf(field, oneofs))
  for (const inner of type.nestedArray.filter(isType)) nested(message, 3, messageOf(inner))
  const maps = type.fieldsArray.filter((field) => field instanceof MapField)
  for (const map of maps) nested(message, 3, entryOf(map))
  for (const inner of type.nestedArray.filter(isEnum)) nested(message, 4, enumOf(inner))
  for (const { name } of oneofs) nested(message, 8, named(name))
  reserve(message, type.reserved, { ranges: 9, names: 10, beyond: 1 })
  refuseOptions(type)
  return message
}

function isOptional({ fieldsArray: [field] }) {
  return Number(field?.options?.proto3_optional === true)
}

function fieldOf(field, oneofs) {
  const { name, id, options, partOf } = field
  const typed = typeOf(field)
  const described = new Writer()
  text(described, 1, name)
  number(described, 3, id)
  number(described, 4, field.repeated || field.map ? REPEATED : OPTIONAL)
  number(described, 5, typed.type)
  if (typed.typeName) text(described, 6, typed.typeName)
  if (options?.deprecated) nested(described, 8, flag(3))
  if (partOf) number(described, 9, oneofs.indexOf(partOf))
  text(described, 10, jsonName(name))
  if (options?.proto3_optional) number(described, 17, 1)
  refuseOptions(field, ['deprecated', 'proto3_optional'])
  return described
}

function typeOf(field) {
  if (field instanceof MapField)
    return { type: TYPES.message, typeName: `${fullName(field.parent)}.${entryName(field)}` }
  const { type, resolvedType } = field
  if (!resolvedType) return { type: TYPES[type] }
  return { type: isEnum(resolvedType) ? TYPES.enum : TYPES.message, typeName: fullName(resolvedType) }
}

/** A map is a list of messages, each a key and a value. */
function entryOf(map) {
  const entry = new Writer()
  text(entry, 1, entryName(map))
  const key = new Field('key', 1, map.keyType)
  const value = Object.assign(new Field('value', 2, map.type), { resolvedType: map.resolvedType })
  for (const field of [key, value]) nested(entry, 2, fieldOf(field, []))
  nested(entry, 7, flag(7))
  return entry
}

const entryName = ({ name }) => `${upperFirst(jsonName(name))}Entry`

function enumOf(type) {
  const described = new Writer()
  text(described, 1, type.name)
  for (const [name, value] of Object.entries(type.values)) {
    const one = named(name)
    number(one, 2, value)
    nested(described, 2, one)
  }
  if (type.options?.allow_alias) nested(described, 3, flag(2))
  reserve(described, type.reserved, { ranges: 4, names: 5, beyond: 0 })
  refuseOptions(type, ['allow_alias'])
  return described
}

function serviceOf(service) {
  const described = named(service.name)
  for (const method of service.methodsArray) {
    const one = named(method.name)
    text(one, 2, fullName(method.resolvedRequestType))
    text(one, 3, fullName(method.resolvedResponseType))
    if (method.options?.deprecated) nested(one, 4, flag(33))
    if (method.requestStream) number(one, 5, 1)
    if (method.responseStream) number(one, 6, 1)
    refuseOptions(method, ['deprecated'])
    nested(described, 2, one)
  }
  refuseOptions(service)
  return described
}

/** Of messages ranges end beyond their last number, of enumerations with it. */
function reserve(writer, reserved = [], { ranges, names, beyond }) {
  for (const one of reserved ?? [])
    if (typeof one === 'string') text(writer, names, one)
    else {
      const range = new Writer()
      number(range, 1, one[0])
      number(range, 2, one[1] + beyond)
      nested(writer, ranges, range)
    }
}

function refuseOptions({ options, fullName: where }, known = []) {
  const unknown = Object.keys(options ?? {}).find((name) => !known.includes(name))
  if (unknown) throw new Error(`${where}: descriptors.mjs does not know the option ${unknown}`)
}

/** As protoc makes it. */
const jsonName = (name) => name.replace(/_+(.?)/g, (_, next) => next.toUpperCase())
const upperFirst = (name) => name.charAt(0).toUpperCase() + name.slice(1)

// --- fields of descriptors

const text = (writer, id, value) => writer.uint32((id << 3) | 2).string(value)
const number = (writer, id, value) => writer.uint32(id << 3).int32(value)
const nested = (writer, id, inner) => writer.uint32((id << 3) | 2).bytes(inner.finish())

function named(name) {
  const writer = new Writer()
  text(writer, 1, name)
  return writer
}

function flag(id) {
  const writer = new Writer()
  number(writer, id, 1)
  return writer
}
