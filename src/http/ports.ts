/** What the HTTP port asks of the node. */

export interface RoleReadiness {
  readonly role: 'broker' | 'controller'
  /** Why it does not serve, in words for an operator; null when it does. */
  readonly notServing: string | null
}

export interface PagePorts {
  /** The page for Prometheus, as of now. */
  metrics(): Promise<string>
  /** Every role of the node. */
  roles(): readonly RoleReadiness[]
}
