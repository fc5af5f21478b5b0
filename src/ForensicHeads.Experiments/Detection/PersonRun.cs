namespace ForensicHeads.Experiments.Detection;

/// <summary>Runs the detectors that know the person, in one fold: every clip against pictures of whom it claims to show.</summary>
/// <param name="config">The experiment.</param>
/// <param name="fold">The fold and its frames.</param>
/// <param name="plans">Whose pictures a defender may hold.</param>
/// <param name="faces">The network that tells people apart, and the finder of landmarks.</param>
internal sealed class PersonRun(ExperimentConfig config, FoldFrames fold, IReadOnlyDictionary<string, PersonPlan> plans, FaceNetworks faces)
{
    private const string CodeVersion = "identity-1";

    // Of everybody else so many stand in for fakes where none may be seen.
    private const int Impostors = 3;

    private readonly Dictionary<string, float[][]> references = new(StringComparer.Ordinal);

    /// <summary>What must be said beside the numbers: whom no picture is held of, or that nothing could be run.</summary>
    public IReadOnlyList<string> Notes { get; private set; } = [];

    /// <summary>Embeds the references once.</summary>
    public void Prepare(CancellationToken cancellation)
    {
        foreach (var person in fold.Fold.Roles.Where(one => one.Value != SplitRole.Train).Select(one => one.Key)
            .Order(StringComparer.Ordinal))
        {
            cancellation.ThrowIfCancellationRequested();
            var frames = plans[person].References(config.References[^1], config.Seed);
            if (frames.Count > 0) references[person] = faces.Recogniser!.Embed(plans[person].Decode(frames));
        }

        string[] unknown = [.. Of(SplitRole.Test).Where(person => !HasSome(person, config.HeadlineReferences))];
        var (all, own) = (Of(SplitRole.Test).Count(), Of(SplitRole.Test).Count(person => plans[person].Plan.ReferenceVideo is not null));
        Notes =
        [
            .. !IsPossible(config.HeadlineReferences) ? [$"{Detectors.Person} was not run: too few people have "
                + $"{config.HeadlineReferences} pictures that neither shots nor drivers came near (a third video, or a second away)."]
                : unknown.Length > 0 ? [$"{Detectors.Person} was tested on {all - unknown.Length} of {all} test people: the others "
                    + $"({unknown[0]}{(unknown.Length > 1 ? ", …" : "")}) have too few pictures that neither shots nor drivers came near."]
                : Array.Empty<string>(),
            .. own < all && IsPossible(config.HeadlineReferences)
                ? [$"{Detectors.Person}: of {all - own} of {all} test people the references come from a video of shots or drivers, at "
                    + "least a second away, for want of a third video; that flatters it."] : Array.Empty<string>(),
        ];
    }

    // Somebody in each role, and in those that set a threshold somebody else beside them, who can stand in for a fake.
    private bool IsPossible(int count) => Of(SplitRole.Test).Any(person => HasSome(person, count))
        && new[] { SplitRole.Validation, SplitRole.Calibration }.All(role => Of(role).Count(person => HasSome(person, count)) > 1)
        && Of(SplitRole.Validation).Any(person => HasSome(person, 2));

    private bool HasSome(string person, int count) => references.TryGetValue(person, out var held) && held.Length >= count;

    /// <summary>Scores the test people under a condition, with the curve's number of references.</summary>
    /// <param name="entries">The detectors; they differ in what sets their thresholds and calibrators.</param>
    /// <param name="condition">The condition, which the questioned clips undergo and the references do not.</param>
    /// <param name="progress">Frames.</param>
    /// <param name="cancellation">Stops between two parts of the frames.</param>
    public (IReadOnlyList<FoldScores> Scores, IReadOnlyList<SurfaceScores> Surface) Run(IReadOnlyList<DetectorEntry> entries,
        string condition, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        if (!IsPossible(config.HeadlineReferences)) return ([], []);
        var vectors = Vectors(condition, progress, cancellation);
        ExperimentFrame[] frames = [.. Asked.Where(frame => references.ContainsKey(frame.Record.Identity))];
        ExperimentFrame[] test = [.. Of(frames, SplitRole.Test)];
        ExperimentFrame[] spares = [.. fold.Spares];
        var surface = new List<SurfaceScores>();
        var scores = new List<FoldScores>();
        foreach (var count in config.References.Where(IsPossible))
        {
            var known = references.Where(one => one.Value.Length >= count)
                .ToDictionary(one => one.Key, one => new PersonReferences(one.Value[..count]), StringComparer.Ordinal);
            // One reference has no spread of its own: that of two stands for it.
            var large = ReferenceSpread.Of(Of(SplitRole.Validation).Where(references.ContainsKey)
                .Select(person => new PersonReferences(references[person][..Math.Min(Math.Max(count, 2), references[person].Length)])));
            var spreads = known.ToDictionary(one => one.Key, one => large.For(one.Value), StringComparer.Ordinal);
            float Score(string claimed, ExperimentFrame frame) => (float)spreads[claimed].Score(known[claimed].Alike(vectors[frame]));
            bool IsKnown(ExperimentFrame frame) => known.ContainsKey(frame.Record.Identity);
            ExperimentFrame[] tested = [.. test.Where(IsKnown)];
            float[] raw = [.. tested.Select(frame => Score(frame.Record.Identity, frame))];
            surface.Add(new SurfaceScores(count, FoldDetection.Items(
                new DetectorScale(Detectors.Person, 0, 0, null), condition, tested, raw)));
            if (count != config.HeadlineReferences) continue;
            foreach (var entry in entries)
            {
                FrameScore[] Judged(SplitRole role) =>
                [
                    .. Of(frames, role).Where(frame => IsKnown(frame) && entry.Judges(frame.Origin))
                        .Select(frame => Named(frame, frame.Record.Identity, frame.Origin, Score(frame.Record.Identity, frame))),
                    .. entry.Judges(FrameOrigin.MadeBy(Generators.FewShot.Name)) ? [] : Strangers(frames, role, known.Keys, Score),
                ];
                var scale = DetectorScale.Fit(entry.Name, [(Judged(SplitRole.Validation), Judged(SplitRole.Calibration))]);
                ExperimentFrame[] second = [.. spares.Where(IsKnown)];
                scores.Add(new FoldScores(fold.Fold.Name, condition, scale, FoldDetection.Items(scale, condition, tested, raw), null)
                {
                    Spares = FoldDetection.Items(
                        scale, condition, second, [.. second.Select(frame => Score(frame.Record.Identity, frame))]),
                });
            }
        }

        return (scores, surface);
    }

    /// <summary>Teaches a detector the moments of every clip's identity vectors, and scores the test people by it.</summary>
    /// <param name="entry">The detector.</param>
    /// <param name="condition">The condition.</param>
    /// <param name="detection">Teaches and applies it.</param>
    /// <param name="seed">Seed of the training.</param>
    /// <param name="progress">Frames.</param>
    /// <param name="cancellation">Stops between two parts of the frames.</param>
    public FoldScores Moments(DetectorEntry entry, string condition, FoldDetection detection, long seed,
        IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var vectors = Vectors(condition, progress, cancellation);
        FeatureTable Table(IReadOnlyList<ExperimentFrame> frames)
        {
            // A clip's moments are every frame's, as with families over time.
            var clips = frames.GroupBy(frame => frame.Sequence).ToDictionary(clip => clip.Key, clip => IdentityMoments.Of(
                [.. clip.OrderBy(frame => frame.Record.FrameNumber).Select(frame => vectors[frame])]));
            return new FeatureTable(frames, IdentityMoments.Columns,
                new FeatureValues([.. frames.Select(frame => clips[frame.Sequence])]));
        }

        var measured = Table([.. Asked]);
        using var detector = detection.Fit(entry, [measured], seed);
        return detection.Apply(detector, condition, measured, fold.Spares.Count == 0 ? null : Table(fold.Spares));
    }

    // Everything of the test people; of the others what teaches and judges.
    private IEnumerable<ExperimentFrame> Asked => fold.Frames.Where(frame =>
        fold.Fold.Roles[frame.Record.Identity] == SplitRole.Test || FoldDetection.IsSubjectOrReal(frame));

    // True frames of the next people in order, each said to show somebody else.
    private IEnumerable<FrameScore> Strangers(ExperimentFrame[] frames, SplitRole role, IEnumerable<string> known,
        Func<string, ExperimentFrame, float> score)
    {
        string[] people = [.. Of(role).Where(known.Contains)];
        var impostor = FrameOrigin.MadeBy("impostor");
        return from i in Enumerable.Range(0, people.Length)
               from next in Enumerable.Range(1, Math.Min(Impostors, people.Length - 1))
               let other = people[(i + next) % people.Length]
               from frame in frames
               where frame.IsReal && frame.Record.Identity == other
               select Named(frame, people[i], impostor, score(people[i], frame)) with { Video = $"{frame.Record.Video} as {people[i]}" };
    }

    private static FrameScore Named(ExperimentFrame frame, string claimed, FrameOrigin origin, double score) =>
        new(frame.Record.Key, claimed, frame.Record.Video, origin, score);

    private IEnumerable<string> Of(SplitRole role) => fold.Fold.People(role);

    private IEnumerable<ExperimentFrame> Of(ExperimentFrame[] frames, SplitRole role)
    {
        var people = Of(role).ToHashSet(StringComparer.Ordinal);
        return frames.Where(frame => people.Contains(frame.Record.Identity));
    }

    private Dictionary<ExperimentFrame, float[]> Vectors(string name, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        ExperimentFrame[] frames = [.. Asked, .. fold.Spares];
        var condition = FrameConditions.ByName(name, config.Seed);
        var size = frames.Length == 0 ? 0 : frames[0].Store.Info.Size;
        var key = Hashes.OfText(string.Join('\n', new[] { CodeVersion, name, $"{config.Seed}", $"{size}" }
            .Concat(faces.Facts.Select(fact => fact.Value)).Concat(frames.Select(frame => frame.Record.Key))
            .Concat(frames.Select(frame => frame.Store.ContentHash).Distinct(StringComparer.Ordinal))));
        var done = 0;
        var rows = FeatureCache.Kept(fold.Cache.Slot($"identity-{PathPart.Of(name)}.cached"), key, frames.Length, faces.Recogniser!.Length,
            () => new FeatureValues(ConditionedFrames.Each(frames, condition, size, (part, pictures) =>
            {
                // Cut out along what the picture itself shows, as for the judge; by the driver's landmarks where no face is found.
                var found = faces.Finder?.Find(pictures);
                var vectors = faces.Recogniser.Embed([.. pictures.Select((picture, i) =>
                    new Shot(picture, FaceOutline.Of(found?[i]?.Points, part[i].Record.Landmarks)))]);
                done += part.Count;
                progress?.Report(new StepProgress($"identity ({name})", done, frames.Length, "frames"));
                return vectors;
            }, cancellation))).Rows;
        return frames.Select((frame, i) => (frame, i)).ToDictionary(one => one.frame, one => rows[one.i],
            (IEqualityComparer<ExperimentFrame>)ReferenceEqualityComparer.Instance);
    }
}

/// <summary>What a detector that holds R references says of the test people; scores are not shifted.</summary>
/// <param name="References">R.</param>
/// <param name="Items">Frames and videos.</param>
internal sealed record SurfaceScores(int References, IReadOnlyList<ScoredItem> Items);
