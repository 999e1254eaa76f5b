import type { AuthorityCode, CivilDate, Source } from "../kernel/index.js";
import { civilDate } from "../kernel/index.js";
import type { RegionCode } from "./regions.js";

/** A local authority with education functions, open or abolished. */
export interface Authority {
  /** The department's three-digit code. */
  readonly code: AuthorityCode;
  readonly name: string;
  /** The Office for National Statistics' code of its area, or null for the services overseas. */
  readonly gssCode: string | null;
  /** Null for the services overseas, which lie in no region. */
  readonly region: RegionCode | null;
  /** The first day on which it no longer existed, or null while it does. */
  readonly abolished: CivilDate | null;
  /** The authorities that took over its area. */
  readonly successors: readonly AuthorityCode[];
}

/** Where the table of authorities comes from. */
export const authoritiesSource: Source = {
  kind: "published",
  citation:
    "Department for Education, Pupil attendance in schools, academic year 2025/26, local authority rows (old_la_code, la_name, new_la_code, region_code); Open Government Licence v3.0",
};

/** Code, name, area code, region: the 153 authorities of 2025/26. */
const open: readonly (readonly [code: string, name: string, gssCode: string, region: RegionCode])[] = [
  ["201", "City of London", "E09000001", "E12000007"],
  ["202", "Camden", "E09000007", "E12000007"],
  ["203", "Greenwich", "E09000011", "E12000007"],
  ["204", "Hackney", "E09000012", "E12000007"],
  ["205", "Hammersmith and Fulham", "E09000013", "E12000007"],
  ["206", "Islington", "E09000019", "E12000007"],
  ["207", "Kensington and Chelsea", "E09000020", "E12000007"],
  ["208", "Lambeth", "E09000022", "E12000007"],
  ["209", "Lewisham", "E09000023", "E12000007"],
  ["210", "Southwark", "E09000028", "E12000007"],
  ["211", "Tower Hamlets", "E09000030", "E12000007"],
  ["212", "Wandsworth", "E09000032", "E12000007"],
  ["213", "Westminster", "E09000033", "E12000007"],
  ["301", "Barking and Dagenham", "E09000002", "E12000007"],
  ["302", "Barnet", "E09000003", "E12000007"],
  ["303", "Bexley", "E09000004", "E12000007"],
  ["304", "Brent", "E09000005", "E12000007"],
  ["305", "Bromley", "E09000006", "E12000007"],
  ["306", "Croydon", "E09000008", "E12000007"],
  ["307", "Ealing", "E09000009", "E12000007"],
  ["308", "Enfield", "E09000010", "E12000007"],
  ["309", "Haringey", "E09000014", "E12000007"],
  ["310", "Harrow", "E09000015", "E12000007"],
  ["311", "Havering", "E09000016", "E12000007"],
  ["312", "Hillingdon", "E09000017", "E12000007"],
  ["313", "Hounslow", "E09000018", "E12000007"],
  ["314", "Kingston upon Thames", "E09000021", "E12000007"],
  ["315", "Merton", "E09000024", "E12000007"],
  ["316", "Newham", "E09000025", "E12000007"],
  ["317", "Redbridge", "E09000026", "E12000007"],
  ["318", "Richmond upon Thames", "E09000027", "E12000007"],
  ["319", "Sutton", "E09000029", "E12000007"],
  ["320", "Waltham Forest", "E09000031", "E12000007"],
  ["330", "Birmingham", "E08000025", "E12000005"],
  ["331", "Coventry", "E08000026", "E12000005"],
  ["332", "Dudley", "E08000027", "E12000005"],
  ["333", "Sandwell", "E08000028", "E12000005"],
  ["334", "Solihull", "E08000029", "E12000005"],
  ["335", "Walsall", "E08000030", "E12000005"],
  ["336", "Wolverhampton", "E08000031", "E12000005"],
  ["340", "Knowsley", "E08000011", "E12000002"],
  ["341", "Liverpool", "E08000012", "E12000002"],
  ["342", "St. Helens", "E08000013", "E12000002"],
  ["343", "Sefton", "E08000014", "E12000002"],
  ["344", "Wirral", "E08000015", "E12000002"],
  ["350", "Bolton", "E08000001", "E12000002"],
  ["351", "Bury", "E08000002", "E12000002"],
  ["352", "Manchester", "E08000003", "E12000002"],
  ["353", "Oldham", "E08000004", "E12000002"],
  ["354", "Rochdale", "E08000005", "E12000002"],
  ["355", "Salford", "E08000006", "E12000002"],
  ["356", "Stockport", "E08000007", "E12000002"],
  ["357", "Tameside", "E08000008", "E12000002"],
  ["358", "Trafford", "E08000009", "E12000002"],
  ["359", "Wigan", "E08000010", "E12000002"],
  ["370", "Barnsley", "E08000016", "E12000003"],
  ["371", "Doncaster", "E08000017", "E12000003"],
  ["372", "Rotherham", "E08000018", "E12000003"],
  ["373", "Sheffield", "E08000019", "E12000003"],
  ["380", "Bradford", "E08000032", "E12000003"],
  ["381", "Calderdale", "E08000033", "E12000003"],
  ["382", "Kirklees", "E08000034", "E12000003"],
  ["383", "Leeds", "E08000035", "E12000003"],
  ["384", "Wakefield", "E08000036", "E12000003"],
  ["390", "Gateshead", "E08000037", "E12000001"],
  ["391", "Newcastle upon Tyne", "E08000021", "E12000001"],
  ["392", "North Tyneside", "E08000022", "E12000001"],
  ["393", "South Tyneside", "E08000023", "E12000001"],
  ["394", "Sunderland", "E08000024", "E12000001"],
  ["420", "Isles of Scilly", "E06000053", "E12000009"],
  ["800", "Bath and North East Somerset", "E06000022", "E12000009"],
  ["801", "Bristol, City of", "E06000023", "E12000009"],
  ["802", "North Somerset", "E06000024", "E12000009"],
  ["803", "South Gloucestershire", "E06000025", "E12000009"],
  ["805", "Hartlepool", "E06000001", "E12000001"],
  ["806", "Middlesbrough", "E06000002", "E12000001"],
  ["807", "Redcar and Cleveland", "E06000003", "E12000001"],
  ["808", "Stockton-on-Tees", "E06000004", "E12000001"],
  ["810", "Kingston upon Hull, City of", "E06000010", "E12000003"],
  ["811", "East Riding of Yorkshire", "E06000011", "E12000003"],
  ["812", "North East Lincolnshire", "E06000012", "E12000003"],
  ["813", "North Lincolnshire", "E06000013", "E12000003"],
  ["815", "North Yorkshire", "E06000065", "E12000003"],
  ["816", "York", "E06000014", "E12000003"],
  ["821", "Luton", "E06000032", "E12000006"],
  ["822", "Bedford", "E06000055", "E12000006"],
  ["823", "Central Bedfordshire", "E06000056", "E12000006"],
  ["825", "Buckinghamshire", "E06000060", "E12000008"],
  ["826", "Milton Keynes", "E06000042", "E12000008"],
  ["830", "Derbyshire", "E10000007", "E12000004"],
  ["831", "Derby", "E06000015", "E12000004"],
  ["838", "Dorset", "E06000059", "E12000009"],
  ["839", "Bournemouth, Christchurch and Poole", "E06000058", "E12000009"],
  ["840", "County Durham", "E06000047", "E12000001"],
  ["841", "Darlington", "E06000005", "E12000001"],
  ["845", "East Sussex", "E10000011", "E12000008"],
  ["846", "Brighton and Hove", "E06000043", "E12000008"],
  ["850", "Hampshire", "E10000014", "E12000008"],
  ["851", "Portsmouth", "E06000044", "E12000008"],
  ["852", "Southampton", "E06000045", "E12000008"],
  ["855", "Leicestershire", "E10000018", "E12000004"],
  ["856", "Leicester", "E06000016", "E12000004"],
  ["857", "Rutland", "E06000017", "E12000004"],
  ["860", "Staffordshire", "E10000028", "E12000005"],
  ["861", "Stoke-on-Trent", "E06000021", "E12000005"],
  ["865", "Wiltshire", "E06000054", "E12000009"],
  ["866", "Swindon", "E06000030", "E12000009"],
  ["867", "Bracknell Forest", "E06000036", "E12000008"],
  ["868", "Windsor and Maidenhead", "E06000040", "E12000008"],
  ["869", "West Berkshire", "E06000037", "E12000008"],
  ["870", "Reading", "E06000038", "E12000008"],
  ["871", "Slough", "E06000039", "E12000008"],
  ["872", "Wokingham", "E06000041", "E12000008"],
  ["873", "Cambridgeshire", "E10000003", "E12000006"],
  ["874", "Peterborough", "E06000031", "E12000006"],
  ["876", "Halton", "E06000006", "E12000002"],
  ["877", "Warrington", "E06000007", "E12000002"],
  ["878", "Devon", "E10000008", "E12000009"],
  ["879", "Plymouth", "E06000026", "E12000009"],
  ["880", "Torbay", "E06000027", "E12000009"],
  ["881", "Essex", "E10000012", "E12000006"],
  ["882", "Southend-on-Sea", "E06000033", "E12000006"],
  ["883", "Thurrock", "E06000034", "E12000006"],
  ["884", "Herefordshire, County of", "E06000019", "E12000005"],
  ["885", "Worcestershire", "E10000034", "E12000005"],
  ["886", "Kent", "E10000016", "E12000008"],
  ["887", "Medway", "E06000035", "E12000008"],
  ["888", "Lancashire", "E10000017", "E12000002"],
  ["889", "Blackburn with Darwen", "E06000008", "E12000002"],
  ["890", "Blackpool", "E06000009", "E12000002"],
  ["891", "Nottinghamshire", "E10000024", "E12000004"],
  ["892", "Nottingham", "E06000018", "E12000004"],
  ["893", "Shropshire", "E06000051", "E12000005"],
  ["894", "Telford and Wrekin", "E06000020", "E12000005"],
  ["895", "Cheshire East", "E06000049", "E12000002"],
  ["896", "Cheshire West and Chester", "E06000050", "E12000002"],
  ["908", "Cornwall", "E06000052", "E12000009"],
  ["916", "Gloucestershire", "E10000013", "E12000009"],
  ["919", "Hertfordshire", "E10000015", "E12000006"],
  ["921", "Isle of Wight", "E06000046", "E12000008"],
  ["925", "Lincolnshire", "E10000019", "E12000004"],
  ["926", "Norfolk", "E10000020", "E12000006"],
  ["929", "Northumberland", "E06000057", "E12000001"],
  ["931", "Oxfordshire", "E10000025", "E12000008"],
  ["933", "Somerset", "E06000066", "E12000009"],
  ["935", "Suffolk", "E10000029", "E12000006"],
  ["936", "Surrey", "E10000030", "E12000008"],
  ["937", "Warwickshire", "E10000031", "E12000005"],
  ["938", "West Sussex", "E10000032", "E12000008"],
  ["940", "North Northamptonshire", "E06000061", "E12000004"],
  ["941", "West Northamptonshire", "E06000062", "E12000004"],
  ["942", "Cumberland", "E06000063", "E12000002"],
  ["943", "Westmorland and Furness", "E06000064", "E12000002"],
];

/**
 * Authorities that schools in older files still name. Names and codes: Department for Education, school information 2021/22 and
 * Level 2 and 3 attainment 2022; dates: the Bournemouth, Dorset and Poole (Structural Changes) Order 2018, the Northamptonshire
 * (Structural Changes) Order 2020 and the Cumbria (Structural Changes) Order 2022.
 */
const abolished: readonly (readonly [
  code: string,
  name: string,
  gssCode: string,
  region: RegionCode,
  on: string,
  successors: readonly string[],
])[] = [
  ["835", "Dorset (before 2019)", "E10000009", "E12000009", "2019-04-01", ["838", "839"]],
  ["836", "Poole", "E06000029", "E12000009", "2019-04-01", ["839"]],
  ["837", "Bournemouth", "E06000028", "E12000009", "2019-04-01", ["839"]],
  ["909", "Cumbria", "E10000006", "E12000002", "2023-04-01", ["942", "943"]],
  ["928", "Northamptonshire", "E10000021", "E12000004", "2021-04-01", ["940", "941"]],
];

/** What the register of schools counts as authorities outside England: schools of the armed forces and field centres. */
const overseas: readonly (readonly [code: string, name: string])[] = [
  ["702", "British Forces overseas establishments"],
  ["704", "Fieldwork overseas establishments"],
];

/** The 153 authorities of 2025/26, in order of code. */
export const openAuthorities: readonly Authority[] = open.map(([code, name, gssCode, region]) => ({
  code: code as AuthorityCode,
  name,
  gssCode,
  region,
  abolished: null,
  successors: [],
}));

/** Every authority that a school in the register may name: open, abolished, overseas; in that order, then by code. */
export const authorities: readonly Authority[] = [
  ...openAuthorities,
  ...abolished.map(([code, name, gssCode, region, on, successors]) => ({
    code: code as AuthorityCode,
    name,
    gssCode,
    region,
    abolished: civilDate(on),
    successors: successors as readonly AuthorityCode[],
  })),
  ...overseas.map(([code, name]) => ({
    code: code as AuthorityCode,
    name,
    gssCode: null,
    region: null,
    abolished: null,
    successors: [],
  })),
];

const byCode = new Map(authorities.map((authority) => [authority.code as string, authority]));

/** The authority with this code, or null where there is none. */
export function findAuthority(code: string): Authority | null {
  return byCode.get(code) ?? null;
}
