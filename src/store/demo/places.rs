//! The sample's places: one township, twelve communities, 25 compounds or more, down to homes, bays and common parts.
//! Nobody lives here yet; that is `people`.

use super::BEGINNING;
use super::compounds::{self, Known, Style};
use super::rng::Rng;
use crate::domain::base::id::{IdSource, PlaceId};
use crate::domain::base::time::Day;
use crate::domain::place::{Place, PlaceKind, Stage, room};

/// A compound's row beside its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Compound {
    /// Its place.
    pub place: PlaceId,
    /// Name.
    pub name: String,
    /// The community it lies in.
    pub community: PlaceId,
    /// How far it has come.
    pub stage: Stage,
    /// First day of the trial and its length in days.
    pub trial: Option<(Day, i64)>,
}

/// What a spot is, so that a report finds a place it could come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Spot {
    Whole,
    Building,
    Unit,
    Stair,
    Roof,
    Lift,
    Gate,
    PumpRoom,
    PowerRoom,
    BikeShed,
    FireLane,
    Bins,
    Garden,
    Gym,
    Road,
    Shop,
    Bay,
}

/// Where the places of one compound are in the list of all.
#[derive(Clone, Debug)]
pub(super) struct Within {
    pub place: usize,
    /// Residents wanted.
    pub wanted: usize,
    pub homes: Vec<usize>,
    pub spots: Vec<(Spot, usize)>,
}

/// All places, and what belongs to them.
pub(super) struct Land {
    pub places: Vec<Place>,
    pub compounds: Vec<Compound>,
    pub within: Vec<Within>,
    pub aliases: Vec<(PlaceId, String)>,
    pub notes: Vec<(PlaceId, String)>,
}

/// Persons of an average household, and homes of a thousand that are lived in: what the number of homes follows from.
const PERSONS_A_HOME: f64 = 2.6;
/// See [`PERSONS_A_HOME`].
pub(super) const LIVED_IN_PER_MILLE: usize = 930;

/// Lays out the township for so many residents.
pub(super) fn lay_out(residents: usize, seed: u64, today: Day, ids: &mut IdSource) -> Land {
    let mut rng = Rng::for_part(seed, "places");
    let mut layer = Layer {
        land: Land {
            places: Vec::new(),
            compounds: Vec::new(),
            within: Vec::new(),
            aliases: Vec::new(),
            notes: Vec::new(),
        },
        ids,
    };
    let township = layer.add(None, PlaceKind::Township, compounds::TOWNSHIP);
    let communities: Vec<usize> = compounds::COMMUNITIES
        .iter()
        .map(|name| layer.add(Some(township), PlaceKind::Community, &format!("{name}社区")))
        .collect();
    let known = compounds::all(residents, &mut rng);
    let wanted = shares(residents, &known);
    for (known, wanted) in known.iter().zip(wanted) {
        layer.compound(known, communities[known.community], wanted, today, &mut rng);
    }
    layer.land
}

/// Residents of each compound: 康乐苑 first gets its own number, the others the rest by their size.
fn shares(residents: usize, known: &[Known]) -> Vec<usize> {
    const MODEL: usize = 618;
    let model = MODEL.min(residents.div_ceil(2));
    let rest = residents - model;
    let sizes: usize = known.iter().skip(1).map(|k| k.size).sum::<usize>().max(1);
    let mut before = 0;
    let mut given = 0;
    known
        .iter()
        .enumerate()
        .map(|(at, known)| {
            if at == 0 {
                return model;
            }
            before += known.size;
            let share = rest * before / sizes - given;
            given += share;
            share
        })
        .collect()
}

struct Layer<'a> {
    land: Land,
    ids: &'a mut IdSource,
}

impl Layer<'_> {
    /// Adds a place with its own label.
    fn add(&mut self, parent: Option<usize>, kind: PlaceKind, label: &str) -> usize {
        let id = PlaceId(self.ids.next(BEGINNING));
        let above = parent.map(|at| &self.land.places[at]);
        let place = Place {
            id,
            parent: above.map(|p| p.id),
            kind,
            compound: if kind == PlaceKind::Compound { Some(id) } else { above.and_then(|p| p.compound) },
            building: if kind == PlaceKind::Building { Some(id) } else { above.and_then(|p| p.building) },
            unit: above.and_then(|p| p.unit.clone()),
            floor: None,
            room: None,
            area_m2: None,
            sort_key: room::sort_key(label),
            label: label.to_owned(),
            version: 1,
        };
        self.land.places.push(place);
        self.land.places.len() - 1
    }

    fn compound(&mut self, known: &Known, community: usize, wanted: usize, today: Day, rng: &mut Rng) {
        let at = self.add(Some(community), PlaceKind::Compound, &known.name);
        let place = self.land.places[at].id;
        let trial = known.trial.map(|(day, of)| (today - chrono::Duration::days(day - 1), of));
        self.land.compounds.push(Compound {
            place,
            name: known.name.clone(),
            community: self.land.places[community].id,
            stage: known.stage,
            trial,
        });
        let mut within = Within { place: at, wanted, homes: Vec::new(), spots: vec![(Spot::Whole, at)] };
        // The model compound keeps its buildings in the smallest sample, so that 3-2-501 is always there.
        #[expect(clippy::cast_precision_loss, clippy::cast_sign_loss, clippy::cast_possible_truncation)]
        let homes = (wanted as f64 / PERSONS_A_HOME * 1_000.0 / LIVED_IN_PER_MILLE as f64).ceil() as usize;
        let blocks = compounds::blocks(known, homes.max(2));
        for block in &blocks {
            self.block(at, block, &mut within, rng);
        }
        self.common_parts(at, known, &mut within, homes);
        self.named(at, known, rng);
        self.land.within.push(within);
    }

    /// One building with its stairs, homes, roof and stairwells.
    fn block(&mut self, compound: usize, block: &compounds::Block, within: &mut Within, rng: &mut Rng) {
        let name = block.name.as_str();
        let label = room::label(Some(name), None, None);
        let building = self.add(Some(compound), PlaceKind::Building, &label);
        within.spots.push((Spot::Building, building));
        let units: Vec<Option<&str>> =
            if block.units.is_empty() { vec![None] } else { block.units.iter().map(|u| Some(u.as_str())).collect() };
        for unit in units {
            let mut parent = building;
            if let Some(unit) = unit {
                parent = self.add(Some(building), PlaceKind::Unit, &room::label(Some(name), Some(unit), None));
                self.land.places[parent].unit = Some(unit.to_owned());
                within.spots.push((Spot::Unit, parent));
            }
            if block.lift {
                let words = match unit {
                    Some(unit) => format!("{label}{unit}单元电梯"),
                    None => format!("{label}电梯"),
                };
                within.spots.push((Spot::Lift, self.add(Some(parent), PlaceKind::Common, &words)));
            }
            for (floor, room) in &block.rooms {
                let home = self.add(Some(parent), PlaceKind::Home, &room::label(Some(name), unit, Some(room)));
                let place = &mut self.land.places[home];
                place.floor = Some(*floor);
                place.room = Some(room.clone());
                let (least, most) = block.area_dm2;
                #[expect(clippy::cast_precision_loss)]
                let area = rng.between(least / 10, most / 10) as f64 / 10.0;
                place.area_m2 = Some(area);
                within.homes.push(home);
            }
        }
        let stairs = block.rooms.iter().any(|(floor, _)| *floor > 1);
        let parts: &[(Spot, &str)] =
            if stairs { &[(Spot::Stair, "楼道"), (Spot::Roof, "屋面")] } else { &[(Spot::Roof, "房顶")] };
        for &(spot, words) in parts {
            within.spots.push((spot, self.add(Some(building), PlaceKind::Common, &format!("{label}{words}"))));
        }
    }

    fn common_parts(&mut self, compound: usize, known: &Known, within: &mut Within, homes: usize) {
        let old = matches!(known.style, Style::Rows | Style::Yard | Style::Corridor);
        let parts: &[(Spot, &str)] = if old {
            &[
                (Spot::Gate, "大门"),
                (Spot::BikeShed, "车棚"),
                (Spot::Bins, "垃圾点"),
                (Spot::Road, "院内路面"),
                (Spot::FireLane, "消防通道"),
                (Spot::PowerRoom, "配电箱"),
                (Spot::Garden, "花池"),
                (Spot::PumpRoom, "水表井"),
            ]
        } else {
            &[
                (Spot::Gate, "东门"),
                (Spot::Gate, "西门"),
                (Spot::PumpRoom, "水泵房"),
                (Spot::PowerRoom, "配电房"),
                (Spot::BikeShed, "车棚"),
                (Spot::FireLane, "消防通道"),
                (Spot::Bins, "垃圾房"),
                (Spot::Garden, "中心花园"),
                (Spot::Garden, "北绿化带"),
                (Spot::Gym, "健身区"),
                (Spot::Road, "主路"),
            ]
        };
        for &(spot, words) in parts {
            within.spots.push((spot, self.add(Some(compound), PlaceKind::Common, words)));
        }
        let shops = if old { homes / 60 } else { homes / 30 };
        for n in 1..=shops.min(20) {
            let at = self.add(Some(compound), PlaceKind::Shop, &format!("商铺{n}号"));
            self.land.places[at].room = Some(n.to_string());
            self.land.places[at].floor = Some(1);
            within.spots.push((Spot::Shop, at));
        }
        let bays = if old { homes / 10 } else { homes / 4 };
        for n in 1..=bays.min(120) {
            let at = self.add(Some(compound), PlaceKind::Bay, &format!("车位{n}"));
            self.land.places[at].room = Some(n.to_string());
            within.spots.push((Spot::Bay, at));
        }
    }

    /// Other names people use, and standing notes.
    fn named(&mut self, compound: usize, known: &Known, rng: &mut Rng) {
        let inside = |land: &Land, label: &str| {
            land.places[compound..].iter().find(|place| place.label == label).map(|place| place.id)
        };
        for (of, label, alias) in compounds::ALIASES {
            if *of == known.name {
                let wanted = if label.is_empty() { known.name.as_str() } else { label };
                if let Some(place) = inside(&self.land, wanted) {
                    self.land.aliases.push((place, (*alias).to_owned()));
                }
            }
        }
        for (of, label, note) in compounds::NOTES {
            if *of == known.name
                && let Some(place) = inside(&self.land, label)
            {
                self.land.notes.push((place, (*note).to_owned()));
            }
        }
        let buildings: Vec<PlaceId> = self.land.places[compound..]
            .iter()
            .filter(|place| place.kind == PlaceKind::Building)
            .map(|place| place.id)
            .collect();
        for building in buildings {
            if rng.per_mille(180) && !self.land.notes.iter().any(|(place, _)| *place == building) {
                self.land.notes.push((building, (*rng.pick(compounds::STANDING)).to_owned()));
            }
        }
    }
}
