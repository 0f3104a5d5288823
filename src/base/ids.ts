/**
 * Identities. Branded, because nobody adds one to them and swapping two must not compile.
 * Quantities (offsets, epochs, sizes) are plain numbers.
 */
declare const brand: unique symbol
type Brand<Base, Name extends string> = Base & { readonly [brand]: Name }

/** A node of the cluster, whatever its roles. */
export type NodeId = Brand<number, 'NodeId'>
/** One life of a topic: 22 characters of base64url (KIP-516). Names are for people. */
export type TopicId = Brand<string, 'TopicId'>

/** Brands a number that was checked (or comes from a committed record). */
export const asNodeId = (value: number): NodeId => value as NodeId
/** Brands a text that was checked (or comes from a committed record). */
export const asTopicId = (value: string): TopicId => value as TopicId
