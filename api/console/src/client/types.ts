/** Short names for the generated types. */
import type { FeatureCollection } from 'geojson'
import type { components } from './schema'

type Schemas = components['schemas']

export type Me = Schemas['MeOut']
export type Role = Me['role']
export type Site = Schemas['SiteOut']
export type Drone = Schemas['DroneOut']
export type Sortie = Schemas['SortieOut']
export type DeliveryRequest = Schemas['RequestOut']
export type NewRequest = Schemas['RequestIn']
export type RequestState = DeliveryRequest['state']
export type SortieState = Sortie['state']
export type Temperature = NewRequest['temperature']
export type Urgency = NewRequest['urgency']
export type Flight = Schemas['FlightOut']
export type Preflight = Schemas['PreflightOut']
export type Severity = Preflight['worst']
export type FlightAction = Schemas['LastActionOut']['action']
export type Airspace = FeatureCollection
export type RouteLines = FeatureCollection
