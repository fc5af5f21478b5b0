namespace ForensicHeads.Experiments.Heads;

/// <summary>A generator in one of its modes.</summary>
/// <param name="Generator">Of the catalogue.</param>
/// <param name="Mode">One of its modes; null where it knows none.</param>
internal sealed record Making(GeneratorEntry Generator, Mode? Mode = null)
{
    /// <summary>The shots it is given: what it needs, or none where it stands in.</summary>
    public ShotNeed Shots { get; init; } = Generator.Shots;

    /// <summary>A generator in each of some modes, or once where it knows none.</summary>
    public static IEnumerable<Making> Of(GeneratorEntry generator, IReadOnlyList<Mode> modes) =>
        generator.Modes.Count == 0 ? [new(generator)] : generator.Modes.Where(modes.Contains).Select(mode => new Making(generator, mode));
}

/// <summary>
/// Makes a person's frames by generators of the catalogue and writes them over the driver's records: the one place where generators run.
/// </summary>
/// <param name="tools">The networks.</param>
/// <param name="seed">Seed of the run.</param>
/// <param name="weights">Label of the weights where there are several, else empty.</param>
internal sealed class MadeFrames(GeneratorTools tools, long seed, string weights = "")
{
    /// <summary>Which draws of a shot count are made, from draw and T; all where left out.</summary>
    public Func<int, int, bool> IsWanted { get; init; } = (_, _) => true;

    /// <summary>Folder for what programs of others say; null to keep none.</summary>
    public string? Logs { get; init; }

    /// <summary>Makes frames over the drivers of a plan: from the shots of every draw and count what needs them, then the rest,
    /// once.</summary>
    /// <param name="plan">Shots and drivers.</param>
    /// <param name="drivers">The decoded drivers.</param>
    /// <param name="makings">By what.</param>
    /// <param name="writer">Where the frames of a budget go.</param>
    /// <param name="arms">Budgets of fine-tuning; empty for the options' own.</param>
    /// <param name="other">Whose shots stand for somebody else's; null leaves such generators out.</param>
    /// <param name="cancellation">Stops between steps.</param>
    public void Write(
        PersonPlan plan,
        IReadOnlyList<Shot> drivers,
        IReadOnlyList<Making> makings,
        Func<Arm?, StoreWriter> writer,
        IReadOnlyList<Arm> arms,
        PersonPlan? other,
        CancellationToken cancellation)
    {
        Making[] drawn = [.. makings.Where(making => making.Shots == ShotNeed.Drawn)];
        var cells = drawn.Length == 0 ? []
            : plan.Plan.Draws.SelectMany(draw => plan.Plan.PossibleShotCounts.Select(count => (draw, count)))
                .Where(cell => IsWanted(cell.draw.Draw, cell.count));
        foreach (var (draw, count) in cells)
        {
            var shots = plan.Shots(draw, count);
            foreach (var making in drawn.Where(making => making.Generator.Takes(count)))
                Make(making, shots, plan.Plan.Identity, draw, count);
        }

        foreach (var making in makings.Except(drawn))
        {
            if (making.Shots == ShotNeed.SomebodyElse)
            {
                if (other is not null) Make(making, other.Shots(other.Plan.Draws[0], other.Plan.PossibleShotCounts[^1]),
                    other.Plan.Identity);
            }
            else
            {
                Make(making, making.Shots == ShotNeed.Everything ? plan.Everything() : [], plan.Plan.Identity);
            }
        }

        void Make(Making making, IReadOnlyList<Shot> shots, string shown, ShotDraw? draw = null, int? count = null)
        {
            cancellation.ThrowIfCancellationRequested();
            var (generator, mode) = making;
            var task = new GeneratorTask
            {
                Identity = plan.Plan.Identity,
                Shots = shots,
                Drivers = drivers,
                Mode = mode,
                Arms = arms,
                Seed = seed,
                Draw = draw?.Draw ?? 0,
                Clips = [.. plan.Plan.DriverClips.Select(clip => clip.Count)],
                FramesPerSecond = GeneratorTask.RateOf(plan.Plan.DriverClips[0]),
                Log = Logs is null ? null : Path.Combine(Logs, FormattableString.Invariant($"t{count}-d{draw?.Draw}")),
            };
            IReadOnlyList<MadePart> parts;
            try
            {
                parts = generator.Make(tools, task, cancellation);
            }
            catch (JobFailedException error)
            {
                writer(null).Reject(new RejectedInput(
                    FormattableString.Invariant($"{generator.Name}, T = {count}, draw {draw?.Draw}"), plan.Plan.Identity, error.Message,
                    "Mend the program; the job is tried again when a file of it has changed."));
                return;
            }

            foreach (var part in parts)
            {
                var origin = FrameOrigin.MadeBy(generator.Name) with
                {
                    Mode = mode,
                    Shots = count,
                    Draw = draw?.Draw,
                    Arm = part.Arm,
                    Weights = DependsOnWeights(generator.Name) ? weights : "",
                };
                var records = plan.DriverRecords.Select(record => generator.Licence is { } licence
                    ? record with { Licence = $"{record.Licence}; {generator.Name}: {licence}" } : record);
                Write(writer(part.Arm), records.Zip(drivers), part.Frames, origin, generator.Sha256(tools, mode), shown, draw);
            }
        }
    }

    /// <summary>Changes a person's own frames by a generator that needs no shots; read, changed and written one by one.</summary>
    /// <param name="writer">Where they go.</param>
    /// <param name="identity">The person.</param>
    /// <param name="own">Their frames, with the landmarks at the size of the run.</param>
    /// <param name="read">Decodes one at that size.</param>
    /// <param name="generator">Of the catalogue.</param>
    /// <param name="cancellation">Stops between frames.</param>
    public void WriteOver(
        StoreWriter writer, string identity, IReadOnlyList<FrameRecord> own, Func<FrameRecord, RgbImage> read, GeneratorEntry generator,
            CancellationToken cancellation)
    {
        var drivers = own.Select(frame =>
        {
            cancellation.ThrowIfCancellationRequested();
            return new Shot(read(frame), frame.Landmarks);
        });
        var task = new GeneratorTask { Identity = identity, Drivers = drivers, Seed = seed };
        foreach (var (i, image) in generator.Make(tools, task, cancellation).Single().Frames.Index())
        {
            var origin = FrameOrigin.MadeBy(generator.Name);
            writer.Add(Record(own[i], i, own[i].Landmarks, origin, generator.Sha256(tools, null), identity, null), image);
        }
    }

    /// <summary>Whether frames of a generator say something of the weights they come from, of which there may be several.</summary>
    public static bool DependsOnWeights(string? generator) =>
        Generators.All.Find(generator) is { NeedsWeights: true, Part: not GeneratorPart.Check };

    /// <summary>Fakes that were made elsewhere, at the size of the run.</summary>
    public static void WriteFinished(StoreWriter writer, FrameStore store, IEnumerable<FrameRecord> frames, int size,
        CancellationToken cancellation)
    {
        foreach (var (clip, own) in frames.GroupBy(frame => (frame.Video, frame.Track, frame.Origin)).Index())
        {
            foreach (var (i, frame) in own.Index())
            {
                cancellation.ThrowIfCancellationRequested();
                var shot = new Shot(store.ReadImage(frame), frame.Landmarks).Resize(size);
                var key = Key(frame.Identity, FormattableString.Invariant($"{KeyPart(frame.Origin)}-c{clip}"), i);
                writer.Add(frame with { Key = key, Landmarks = shot.Landmarks }, shot.Image);
            }
        }
    }

    /// <summary>The true driver frames themselves.</summary>
    public static void WriteTruth(StoreWriter writer, PersonPlan plan, IReadOnlyList<Shot> drivers) =>
        Write(writer, plan.DriverRecords.Zip(drivers), drivers.Select(driver => driver.Image), FrameOrigin.Real, null,
            plan.Plan.Identity, null);

    /// <summary>A second true sequence of the person, which nothing is made from.</summary>
    public static void WriteSpare(StoreWriter writer, PersonPlan plan)
    {
        foreach (var (i, (record, shot)) in plan.SpareFrames.Zip(plan.Decode(plan.SpareFrames)).Index())
            writer.Add(record with { Key = Key(record.Identity, "spare", i), Landmarks = shot.Landmarks }, shot.Image);
    }

    private static void Write(
        StoreWriter writer,
        IEnumerable<(FrameRecord Record, Shot Shot)> drivers,
        IEnumerable<RgbImage> images,
        FrameOrigin origin,
        string? sha256,
        string shown,
        ShotDraw? draw)
    {
        foreach (var (i, ((record, shot), image)) in drivers.Zip(images).Index())
            writer.Add(Record(record, i, shot.Landmarks, origin, sha256, shown, draw), image);
    }

    // Everything else that the common path carries is the driver's own, so that no field can tell the classes apart. Who is shown may be
    // another than who drives: who withdraws must find these frames, too.
    private static FrameRecord Record(
        FrameRecord driver, int i, Landmarks68 landmarks, FrameOrigin origin, string? sha256, string shown, ShotDraw? draw) => driver with
        {
            Key = Key(driver.Identity, KeyPart(origin), i),
            Landmarks = landmarks,
            // Which budget and which weights is the store's to say: the index has no column for it.
            Origin = origin with { Arm = null, Weights = "" },
            Identity = shown,
            WeightsSha256 = sha256,
            DriverVideo = origin.IsReal ? null : driver.Video,
            DriverFrame = origin.IsReal ? null : driver.FrameNumber,
            NearestShotDistance = origin.Shots is { } shots ? draw!.NearestShotDistances[shots][i] : null,
        };

    private static string Key(string identity, string part, int i) => FrameKey.Of($"{identity}-{part}", i);

    // Two stores of one person hold the same shots under two arms: the key must still be one frame's alone.
    private static string KeyPart(FrameOrigin origin) => origin.IsReal ? origin.Label.Text() : string.Join('-', new[]
    {
        origin.Generator, origin.Mode?.Text(), origin.Shots is { } shots ? FormattableString.Invariant($"t{shots}") : null,
        origin.Draw is { } draw ? FormattableString.Invariant($"d{draw}") : null, origin.Arm?.Text(), origin.Weights,
    }.Where(part => !string.IsNullOrEmpty(part)));
}
