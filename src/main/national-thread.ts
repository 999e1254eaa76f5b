import { workInThread } from "../platform/threads/index.js";
import { makeNationalReview, type NationalOrder } from "./national-review.js";

workInThread<NationalOrder>(async (order, progress) => makeNationalReview(order, progress));
