namespace ForensicHeads.Detector.Training;

/// <summary>What a detector learns from besides the clips themselves: changed copies of them, and pseudo-fakes made of the real
/// ones.</summary>
/// <remarks>
/// Copies stand where their clip stands, so that whoever leaves a clip out leaves its copies out, too, and they are never scored. They lie
/// in stores of their own that the training removes: a pseudo-fake shows nobody anywhere else, and is not exported
/// (docs/responsible-use.md). Real clips of which nobody states a licence give none.
/// </remarks>
public sealed record TeachingCopies
{
    /// <summary>Every frame again under a condition drawn for it (<see cref="FrameConditions.OfPixels"/>), true and generated ones
    /// alike.</summary>
    public const string Changed = "changed";

    /// <summary>Every clip again after x264 at a rate factor drawn for it: as many successive frames of each, which a pseudo-fake shares
    /// with its true clip, and the rate factor with it.</summary>
    public const string Recompressed = "recompressed";

    /// <summary>Real frames blended with themselves (<see cref="Generator.Baselines.SelfBlend"/>).</summary>
    public const string SelfBlended = "self-blend";

    /// <summary>Real clips through one of the <see cref="AlignedDecoders"/>, drawn for each clip.</summary>
    public const string Decoded = "decoders";

    /// <summary>Successive frames of a clip in a recompressed copy; clips without so many have none.</summary>
    public const int RunLength = 12;

    private const int ClipsAtOnce = 24;

    // As video goes through the world: from a good master to a poor share (FaceForensics++ has 23 and 40).
    private static readonly int[] RateFactors = [18, 23, 28, 32];

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> All { get; } = [Changed, Decoded, Recompressed, SelfBlended];

    /// <summary>Which copies: out of <see cref="All"/>. Default none.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>Weights of the decoders; needed for <see cref="Decoded"/> alone.</summary>
    public string? Decoders { get; init; }

    /// <summary>Where, and in which numbers, the decoders run.</summary>
    public Compute Compute { get; init; } = Compute.Cpu;

    /// <summary>Seed of all draws.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Whether there are copies of that kind.</summary>
    public bool Has(string name) => Names.Contains(name, StringComparer.Ordinal);

    /// <summary>Checks the names.</summary>
    /// <exception cref="UserErrorException">Unknown, repeated, or decoders without weights or the other way round.</exception>
    public void Validate()
    {
        if (Names.FirstOrDefault(name => !All.Contains(name)) is { } unknown) throw new UserErrorException(
            $"There are no copies '{unknown}'; choose from {string.Join(", ", All)}.", exitCode: 2);
        if (Names.Distinct(StringComparer.Ordinal).Count() < Names.Count) throw new UserErrorException(
            $"The copies {string.Join(", ", Names)} name one kind twice; name each once.", exitCode: 2);
        if (Has(Decoded) != Decoders is not null) throw new UserErrorException(Decoders is null
            ? $"Copies '{Decoded}' need --decoders WEIGHTS. Make some with 'train --network {PlainNetworks.Decoders} --data STORE', from "
            + "true frames of people who take no part here."
            : $"--decoders {Decoders} is given, but no copies '{Decoded}' are asked for. Name them, or leave it out.", exitCode: 2);
    }

    /// <summary>Makes the copies.</summary>
    /// <param name="clips">The clips that teach.</param>
    /// <param name="folder">Where their stores are put; must outlive the copies.</param>
    /// <param name="progress">Counts clips.</param>
    /// <param name="cancellation">Stops between two parts.</param>
    /// <exception cref="UserErrorException">The decoders learnt from somebody who takes part; weights or ffmpeg are missing.</exception>
    public IReadOnlyList<TeachingCopy> Of(IReadOnlyList<TeachingClip> clips, string folder, IProgress<StepProgress>? progress,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(clips);
        Validate();
        if (Names.Count == 0) return [];
        using var decoders = Decoders is null ? null : AlignedDecoders.Load(Decoders);
        decoders?.To(Compute);
        if (decoders?.Learnt?.Among(clips.SelectMany(clip => clip.Frames)) is { Count: > 0 } known) throw new UserErrorException(
            $"{Decoders} learnt from {known.Count} of the people here ({string.Join(", ", known.Take(3))}): their pseudo-fakes would look "
            + "better than a stranger's. Train the decoders on others.");
        var copies = new List<TeachingCopy>();
        var done = 0;
        foreach (var (same, number) in clips.GroupBy(clip => clip.Store).Select((same, number) => (same, number)))
        {
            var info = same.Key.Info;
            using var writer = StoreWriter.Create(Path.Combine(folder, FormattableString.Invariant($"copies-{number}")), info with
            {
                Name = info.Name + "-copies",
                Arguments = ["copies", .. Names],
            });
            var made = new List<(string Of, List<string> Keys)>();
            foreach (var part in same.Chunk(ClipsAtOnce))
            {
                cancellation.ThrowIfCancellationRequested();
                foreach (var (of, frames) in Copies(part, decoders, cancellation))
                {
                    var keys = new List<string>();
                    foreach (var (record, image) in frames)
                    {
                        keys.Add(FrameKey.Of($"{made.Count}-{record.Key}"));
                        writer.Add(record with { Key = keys[^1] }, image);
                    }

                    made.Add((of.Name, keys));
                }

                progress?.Report(new StepProgress("copies", done += part.Length, clips.Count, "clips"));
            }

            if (made.Count == 0) continue;
            var store = writer.Complete();
            copies.AddRange(made.Select(one => new TeachingCopy(one.Of, store, [.. one.Keys.Select(key => store.Find(key)!)])));
        }

        return copies;
    }

    private IEnumerable<(TeachingClip Of, IEnumerable<(FrameRecord, RgbImage)> Frames)> Copies(TeachingClip[] part,
        AlignedDecoders? decoders, CancellationToken cancellation)
    {
        var sides = new List<Side>();
        foreach (var clip in part)
        {
            if (Has(Changed)) yield return (clip, Every(clip.Frames, record => Condition(record)
                .Apply(clip.Store.ReadImage(record), record.Key, record.Video), cancellation));
            var run = Has(Recompressed) ? clip.Run() : [];
            if (run.Count > 0) sides.Add(new Side(clip, run, [.. Every(run, clip.Store.ReadImage, cancellation)]));
            if (!clip.Frames[0].IsReal || !IsStated(clip.Frames[0].Licence)) continue;
            if (Has(SelfBlended)) foreach (var copy in Pseudo(clip, run, Generators.The<SelfBlended>().Name, Blend)) yield return copy;
            if (decoders is null) continue;
            var kind = Draw("decoder", clip.Name).Pick(decoders.Names);
            foreach (var copy in Pseudo(clip, run, "decoder " + kind, (records, images) => decoders.Reconstruct(kind, images)))
                yield return copy;
        }

        foreach (var same in sides.GroupBy(side => Draw("crf", side.Clip.Name).Pick(RateFactors)))
        {
            Side[] alike = [.. same];
            var coded = new H264Condition(same.Key).Apply([.. alike.Select(side => side.Frames
                .Select(frame => new ConditionFrame(frame.Image, frame.Record.Landmarks, frame.Record.Key, frame.Record.Video))
                .ToArray())], cancellation);
            foreach (var (side, after) in alike.Zip(coded))
                yield return (side.Clip, side.Frames.Zip(after.Images, (frame, image) => (frame.Record, image)));
        }

        IEnumerable<(TeachingClip, IEnumerable<(FrameRecord, RgbImage)>)> Pseudo(TeachingClip clip, IReadOnlyList<FrameRecord> run,
            string generator, Func<IReadOnlyList<FrameRecord>, IReadOnlyList<RgbImage>, RgbImage[]> make)
        {
            FrameRecord Marked(FrameRecord record) => record with { Origin = FrameOrigin.MadeBy(generator) };
            (FrameRecord, RgbImage)[] Made(IReadOnlyList<FrameRecord> records)
            {
                RgbImage[] images = [.. Every(records, clip.Store.ReadImage, cancellation).Select(frame => frame.Image)];
                return [.. records.Zip(make(records, images), (record, image) => (Marked(record), image))];
            }

            yield return (clip, Made(clip.Frames));
            if (run.Count > 0) sides.Add(new Side(clip, run, Made(run)));
        }

        RgbImage[] Blend(IReadOnlyList<FrameRecord> records, IReadOnlyList<RgbImage> images)
        {
            var blended = new RgbImage[records.Count];
            ParallelLoop.Run(blended.Length, i => blended[i] = SelfBlend.Of(new Shot(images[i], records[i].Landmarks),
                new SelfBlendOptions(), Draw("self-blend", records[i].Key)), cancellation);
            return blended;
        }
    }

    // A true frame and what is made of it have one key.
    private IPixelCondition Condition(FrameRecord record) =>
        new SeededRandom(Seed, $"augment/{record.Key}/{record.Origin.Generator}")
            .Pick([.. FrameConditions.OfPixels.All.Where(condition => condition.Name != FrameConditions.Clean)]);

    private SeededRandom Draw(string what, string name) => new(Seed, $"copies/{what}/{name}");

    private static (FrameRecord Record, RgbImage Image)[] Every(IReadOnlyList<FrameRecord> records, Func<FrameRecord, RgbImage> image,
        CancellationToken cancellation)
    {
        var images = new RgbImage[records.Count];
        ParallelLoop.Run(images.Length, i => images[i] = image(records[i]), cancellation);
        return [.. records.Zip(images)];
    }

    // What a manifest without a licence says, and what one says of files that may only be looked at.
    private static bool IsStated(string licence) =>
        licence.Length > 0 && !licence.StartsWith("none", StringComparison.OrdinalIgnoreCase);

    private sealed record Side(TeachingClip Clip, IReadOnlyList<FrameRecord> Run, (FrameRecord Record, RgbImage Image)[] Frames);
}

/// <summary>A clip that copies are made of.</summary>
/// <param name="Name">Its name (<see cref="ClipName"/>).</param>
/// <param name="Store">Where it lies.</param>
/// <param name="Frames">Its frames that teach; at least one.</param>
public sealed record TeachingClip(string Name, FrameStore Store, IReadOnlyList<FrameRecord> Frames)
{
    /// <summary><see cref="TeachingCopies.RunLength"/> successive frames from the middle of its longest run; none where it has no such
    /// run.</summary>
    internal IReadOnlyList<FrameRecord> Run()
    {
        var first = Frames[0];
        var longest = FrameRuns.Longest(Store.FramesOf(first.Identity)
            .Where(frame => frame.Video == first.Video && frame.Origin == first.Origin));
        return longest.Count < TeachingCopies.RunLength ? [] : FrameRuns.Middle(longest, TeachingCopies.RunLength);
    }
}

/// <summary>A copy of a clip.</summary>
/// <param name="Of">Name of the clip.</param>
/// <param name="Store">Where the copy lies.</param>
/// <param name="Frames">Its frames, with an origin of their own where they are pseudo-fakes.</param>
public sealed record TeachingCopy(string Of, FrameStore Store, IReadOnlyList<FrameRecord> Frames);
