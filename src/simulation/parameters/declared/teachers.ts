import { documents, ranging, scaling } from "../sources.js";
import type { Details } from "./detail.js";

const flows = documents.workforceModel("twm_flows_2026: flow trajectories, publication of 2026");
/** What stands behind the inputs about teachers: leaving, entry, training, posts. */
export const teacherDetails: Details = {
  "leaving.under-55.*": {
    label: "Leavers under 55: {}",
    source: flows,
    range: scaling(
      0.77,
      1.17,
      "subjects rise and fall together: the mean of all lay between these shares of its own mean from 2011 to 2024, and the last is at it",
      "level of leaving under 55",
    ),
  },
  "leaving.over-55.*": {
    label: "Leavers of 55 and over: {}",
    source: flows,
    range: scaling(
      0.85,
      1.4,
      "the mean of all subjects fell from 1.4 to 0.74 of its own mean from 2011 to 2024; it may come back part of the way",
      "level of leaving from 55 on",
    ),
  },
  "leaving.service-1": { label: "Leaving in the first year of service" },
  "leaving.service-2": { label: "Leaving in the second year of service" },
  "leaving.service-3": { label: "Leaving in the third year of service" },
  "leaving.service-4": { label: "Leaving in the fourth year of service" },
  "leaving.service-5": { label: "Leaving in the fifth year of service" },
  "leaving.age-under-30": { label: "Leaving under 30" },
  "leaving.age-30-to-34": { label: "Leaving from 30 to 34" },
  "leaving.age-55-to-59": { label: "Leaving from 55 to 59" },
  "leaving.age-60-to-64": { label: "Leaving from 60 to 64" },
  "leaving.age-65-and-over": { label: "Leaving from 65 on" },
  "leaving.part-time": {
    label: "Leaving of part-time teachers",
    range: ranging(
      0,
      0.25,
      0.5,
      "part-time teachers leave more often in every published year; from no difference to twice the assumed one",
    ),
  },
  "leaving.deprivation": {
    label: "Leaving in the most deprived schools",
    range: ranging(0.05, 0.2, 0.4, "leaving rises with disadvantage in every study; a tenth to a half more odds"),
  },
  "leaving.region.*": { label: "Leaving: {}" },
  "entry.returners.*": {
    label: "Returners: {}",
    source: flows,
    range: scaling(
      0.85,
      1.1,
      "the sum of all subjects lay between 0.85 and 1.09 of its mean from 2011 to 2024",
      "level of returning",
    ),
  },
  "entry.new-to-sector.*": {
    label: "New to the state sector: {}",
    source: flows,
    range: scaling(
      0.72,
      1.21,
      "the sum of all subjects lay between these shares of its mean from 2011 to 2024",
      "level of entry from elsewhere",
    ),
  },
  "training.recruits.*": {
    label: "Postgraduates who begin training: {}",
    source: documents.trainingCensus("table 2: entrants by subject, postgraduates; 2024/25 held after it"),
    range: scaling(
      0.85,
      1.35,
      "postgraduates of all subjects were 0.93 to 1.47 of those of 2024 in the censuses of 2015 to 2025, and 1.15 of them in 2025",
      "level of recruitment to training",
    ),
  },
  "training.places.*": {
    label: "Training places: {}",
    source: documents.workforceModel("twm_pgitt_need: postgraduate trainee need; not below those who began"),
  },
  "training.conversion.*": {
    label: "Trainees who become teachers: {}",
    source: documents.workforceModel(
      "twm_flows_2026: newly qualified entrants of 2025/26, over postgraduates of the training census 2024/25",
    ),
    range: scaling(
      0.8,
      1.1,
      "newly qualified entrants over the postgraduates of the year before were 0.63 to 0.89 from 2015 to 2025, and 0.82 in the year taken",
      "level of conversion",
    ),
  },
  "posts.unfilled.*": {
    label: "Posts without a teacher of the subject: {}",
    source: documents.workforceModel(
      "twm_pgitt_need less trainees of the training census, as newly qualified teachers over the stock",
    ),
    range: scaling(
      0.5,
      1.5,
      "no count of posts is published by subject; derived from one year's shortfall of trainees",
      "level of unfilled posts",
    ),
  },
  "posts.growth.*": { label: "Growth of the subject's share of the timetable: {}" },
  "shortage.*": { label: "Counts as a shortage subject: {}", proposal: "R1" },
  "posts.pupils-per-teacher.*": {
    label: "Pupils for each teacher: {}",
    source: documents.workforceModel("twm_pupil_teacher_numbers: pupils over teachers"),
    range: scaling(
      0.97,
      1.03,
      "in three years the primary ratio moved by 2% at most since 2010; the secondary one by 9% from 2016 to 2019 and by 1% since",
      "pupils for each teacher",
    ),
  },
  "posts.post-16": { label: "Weight of a pupil over 16" },
  "hours.loss.primary": {
    label: "Hours lost by teachers who stay: primary",
    source: documents.workforceModel(
      "twm_pupil_teacher_numbers and twm_flows_2026, 2015 to 2024: what the flows leave over",
    ),
    range: scaling(
      0.3,
      1.7,
      "the yearly remainder of the published flows is as uncertain as this",
      "level of hours lost",
    ),
  },
  "hours.loss.secondary": {
    label: "Hours lost by teachers who stay: secondary",
    range: scaling(0, 2, "no stock by subject is published after 2017", "level of hours lost"),
  },
  "moving.rate": { label: "Teachers who move to another school" },
  "moving.deprivation": {
    label: "Shyness of entrants and movers of the most deprived schools",
    range: ranging(
      -0.4,
      -0.15,
      0,
      "posts there are filled later in every survey; from no difference to more than twice the assumed one",
    ),
  },
  "promotion.upper": { label: "Promotion to the upper scale" },
  "promotion.leader": { label: "Promotion to leader" },
  "promotion.head": { label: "Promotion to head" },
};
