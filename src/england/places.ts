import type { Random } from "../kernel/index.js";

/** Beginnings and ends of invented places; a test holds that none makes the name of a real town. */
const beginnings =
  "Acorn Apple Badger Barley Basket Beetle Biscuit Bobbin Bramble Bumble Button Candle Catkin Cherry Chestnut Cinder Clover Cobble Comfrey Conker Copper Cricket Crumpet Damson Dandelion Dapple Dormouse Dumpling Elder Feather Fennel Ferret Fiddle Flagon Flannel Foxglove Gander Garland Ginger Goblet Gosling Gooseberry Hamper Hazel Hedgehog Heron Honey Ivy Jackdaw Juniper Kettle Kindle Kipper Lantern Lark Lavender Lettuce Linnet Lobelia Mallow Marble Marigold Marmalade Marrow Meadow Medlar Mitten Muffin Mulberry Mustard Nettle Nutmeg Oatcake Otter Paddle Parsley Parsnip Pebble Pepper Pickle Pippin Plover Plum Pocket Poppy Porridge Pudding Puffin Quill Quince Rabbit Radish Raven Ribbon Robin Rosehip Rowan Saffron Satchel Sorrel Sparrow Spindle Squirrel Starling Teapot Thimble Thistle Thrush Toffee Treacle Trundle Tumbler Turnip Umber Velvet Vetch Waffle Walnut Whistle Willow Yarrow".split(
    " ",
  );
const ends =
  "barrow beck bourne bridge burn by carr chester cliffe combe cote cross dale dean den down fell field firth fold ford garth gate grove ham hampton haven heath hill holme holt hope hurst ing lea leigh ley low marsh mere minster mouth over rigg shaw stead stoke stow thorpe toft ton wade wick wold worth".split(
    " ",
  );

/** Combinations that are real places, found in the towns and names of the register of schools. */
const real = new Set(
  "Appleby Appleford Applegarth Appleshaw Appleton Barleyhurst Candleby Cinderford Cloverlea Copperfield Coppergate Featherby Hazelbeck Hazeldown Hazelmere Hazelwick Heronshaw Honeybourne Ivybridge Ivydale Kettleby Kettlethorpe Larkfield Larkhill Larkholme Meadowdale Meadowfield Meadowgate Nettleham Nettleton Nettleworth Otterbourne Otterburn Otterham Otterhampton Ottershaw Otterton Plumstead Poppyfield Ravendale Ravenfield Ravenhurst Rowanfield Umberleigh Willowdown Willowfield".split(
    " ",
  ),
);

/** Every invented place, in a fixed order. */
export function inventedPlaces(): string[] {
  return ends.flatMap((end) => beginnings.map((beginning) => beginning + end)).filter((place) => !real.has(place));
}

/** The invented places of the region that is the `index`-th of `regions`, in random order: no two regions share one. */
export function placesOfRegion(index: number, regions: number, random: Random): string[] {
  const places = inventedPlaces().filter((_, i) => i % regions === index);
  for (let i = places.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [places[i], places[j]] = [places[j]!, places[i]!];
  }
  return places;
}

/** What tells several schools of one place apart, in the order in which they are given; the first needs nothing. */
export const districts: readonly string[] =
  ",Green,Mill,Orchard,Bridge,Park,Church Lane,Station,Upper,Lower,Meadows,Priory,Quarry,Riverside,Windmill,Common,Beacon,Hollow,Warren,Abbey,Furlong,Terrace,Copse,Crescent,Wharf,Paddock,Spinney,Lodge,Parade,Kiln,Weir,Arbour,Causeway,Granary,Headland,Jubilee".split(
    ",",
  );

const trustNouns =
  "Acorns,Anchors,Arches,Bridges,Candles,Compasses,Harbours,Hedgerows,Kites,Ladders,Lanterns,Lighthouses,Mosaics,Oaks,Orchards,Patchworks,Rivers,Sails,Seedlings,Signposts,Sparks,Stepping Stones,Swallows,Tapestries,Threads,Towers,Trellises,Weathervanes,Wells,Windmills".split(
    ",",
  );

/** The name of an invented trust, for example `The Thimblecombe Lanterns Trust`. */
export function trustName(place: string, number: number): string {
  return `The ${place} ${trustNouns[number % trustNouns.length]!} Trust`;
}
