using System.Globalization;

namespace ForensicHeads.Experiments.Protocols;

/// <summary>The clips of some stores, and what was left out.</summary>
/// <param name="Clips">By identifier, ordinal.</param>
/// <param name="Size">Pixels a side of every frame.</param>
/// <param name="LeftOut">Clips with too few frames, one line each.</param>
public sealed record ClipSet(IReadOnlyList<Clip> Clips, int Size, IReadOnlyList<string> LeftOut)
{
    /// <summary>Pairs of clips whose frames look the same although nothing else ties them, one line each; they carry a link of their
    /// own.</summary>
    public IReadOnlyList<string> NearDuplicates { get; init; } = [];

    /// <summary>Copies of the clips, to learn from beside them.</summary>
    public IReadOnlyList<Clip> Copies { get; init; } = [];

    // 24 and 30 frames a second pass for one another; every frame and every second one do not.
    private const double MostStepRatio = 1.3;

    /// <summary>Real clips from some stores, generated ones from others (or the same).</summary>
    /// <exception cref="UserErrorException">A class is missing; the stores differ in size, crop or encode path; or successive frames of the
    /// classes lie differently far apart.</exception>
    /// <param name="real">Stores whose real clips are taken.</param>
    /// <param name="generated">Stores whose generated clips are taken.</param>
    /// <param name="options">How many frames.</param>
    /// <param name="successive">Whether each clip gives <see cref="ProtocolOptions.FramesPerClip"/> successive frames from the middle of
    /// its longest run at the usual step, as a video codec needs them, and clips with fewer are left out.</param>
    /// <param name="kinds">Whether the stores may hold crops of several kinds, each among both classes.</param>
    public static ClipSet Load(IReadOnlyList<FrameStore> real, IReadOnlyList<FrameStore> generated, ProtocolOptions options,
        bool successive = false, bool kinds = false)
    {
        ArgumentNullException.ThrowIfNull(real);
        ArgumentNullException.ThrowIfNull(generated);
        ArgumentNullException.ThrowIfNull(options);
        options.Validated();
        var stores = real.Concat(generated).DistinctBy(store => store.ContentHash).ToArray();
        if (stores.Length == 0) throw new UserErrorException("No store was named; give --real and --generated.", exitCode: 2);
        if (kinds) CropKinds.Check([.. real.Select(store => (store.Info, Label.Real)),
            .. generated.Select(store => (store.Info, Label.Generated))]);
        else SamePath(stores);
        var owners = stores.SelectMany(store => store.Frames).Where(frame => frame.IsReal)
            .GroupBy(frame => frame.Video, StringComparer.Ordinal)
            .ToDictionary(video => video.Key, video => video.Select(frame => frame.Identity).Distinct().ToArray(), StringComparer.Ordinal);
        var (clips, leftOut) = (new List<Clip>(), new List<string>());
        var least = successive ? Math.Max(options.LeastFrames, options.FramesPerClip) : options.LeastFrames;
        Take(real, Label.Real);
        Take(generated, Label.Generated);
        if (clips.All(clip => clip.Generated) || !clips.Any(clip => clip.Generated))
        {
            var which = least > options.LeastFrames ? " and --frames" : successive && least == options.FramesPerClip
                ? ", --frames and --least-frames" : " and --least-frames";
            throw new UserErrorException(
                $"There are {clips.Count(clip => !clip.Generated)} real and {clips.Count(clip => clip.Generated)} generated clips of at "
                + $"least {least} {(successive ? "successive " : "")}frames; both must be above 0. Check --real, --generated{which}.");
        }

        if (successive) SameStep(clips);
        return new ClipSet([.. clips.OrderBy(clip => clip.Id, StringComparer.Ordinal)], stores[0].Info.Size,
            [.. leftOut.Order(StringComparer.Ordinal)]);

        void Take(IReadOnlyList<FrameStore> from, Label label)
        {
            foreach (var store in from.DistinctBy(store => store.ContentHash))
            {
                var videos = store.Frames.Where(frame => frame.Origin.Label == label)
                    .GroupBy(frame => (frame.Video, frame.Identity, frame.Origin));
                foreach (var video in videos)
                {
                    var frames = video.OrderBy(frame => frame.Track).ThenBy(frame => frame.FrameNumber)
                        .ThenBy(frame => frame.Key, StringComparer.Ordinal).ToArray();
                    var all = frames.Length;
                    if (successive) frames = [.. FrameRuns.Longest(frames)];
                    var first = frames[0];
                    var origin = first.Origin;
                    var id = ClipName.Of(store.Info, first);
                    if (frames.Length < least)
                    {
                        leftOut.Add($"{id}: {frames.Length} of at least {least} {(all >= least ? "successive " : "")}frames");
                        continue;
                    }

                    clips.Add(new Clip
                    {
                        Id = id,
                        Identity = first.Identity,
                        Group = first.Group,
                        Collection = first.Collection ?? store.Info.Name,
                        Origin = origin.IsReal ? FrameOrigin.Real : origin with { Generator = origin.Generator ?? "unnamed" },
                        Licence = first.Licence,
                        SourceSha256 = first.SourceSha256,
                        Links = Links(store.Info.Name, frames, owners),
                        Frames = [.. (successive ? FrameRuns.Middle(frames, options.FramesPerClip) : Evenly(frames, options.FramesPerClip))
                            .Select(frame => new ExperimentFrame(frame, store))],
                    });
                }
            }
        }
    }

    /// <summary>The same set with copies to learn from.</summary>
    /// <param name="copies">Which.</param>
    /// <param name="folder">Where their pictures are put; must outlive the clips.</param>
    /// <param name="progress">Counts clips.</param>
    /// <param name="cancellation">Stops between clips.</param>
    internal ClipSet With(TeachingCopies copies, string folder, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var clips = Clips.ToDictionary(clip => clip.Id, StringComparer.Ordinal);
        var made = copies.Of([.. Clips.Select(clip =>
            new TeachingClip(clip.Id, clip.Frames[0].Store, [.. clip.Frames.Select(frame => frame.Record)]))], folder, progress,
            cancellation);
        return this with
        {
            Copies = [.. made.Select((copy, number) => clips[copy.Of] with
            {
                Id = FormattableString.Invariant($"{copy.Of}/copy {number}"),
                Origin = copy.Frames[0].Origin,
                CopyOf = copy.Of,
                Frames = [.. copy.Frames.Select(frame => new ExperimentFrame(frame, copy.Store))],
            })],
        };
    }

    /// <summary>At most <paramref name="count"/> frames, the middles of equal stretches.</summary>
    internal static IEnumerable<FrameRecord> Evenly(FrameRecord[] frames, int count) =>
        frames.Length <= count ? frames
            : Enumerable.Range(0, count).Select(i => frames[(int)(((2L * i) + 1) * frames.Length / (2L * count))]);

    // A codec is the better the less happens between two frames, so a class whose frames lie further apart would be told by that.
    private static void SameStep(List<Clip> clips)
    {
        var (real, generated) = (Step(clips.Where(clip => !clip.Generated)), Step(clips.Where(clip => clip.Generated)));
        if (real <= 0 || generated <= 0 || Math.Max(real, generated) <= MostStepRatio * Math.Min(real, generated)) return;
        throw new UserErrorException(string.Create(CultureInfo.InvariantCulture,
            $"Successive frames usually lie {real:0.###} s apart in the real clips and {generated:0.###} s in the generated ones. "
                + $"After a video codec that would give the classes away. Ingest both at one --fps, or leave out the h264 conditions."));
    }

    // The median over the clips of the median within a clip; 0 where the stores keep no times or the clips have one frame.
    private static double Step(IEnumerable<Clip> clips) =>
        Median([.. clips.Where(clip => clip.Frames.Count > 1)
            .Select(clip => Median([.. clip.Frames.Skip(1).Zip(clip.Frames, (next, frame) => next.Record.TimeS - frame.Record.TimeS)]))]);

    private static double Median(double[] values)
    {
        Array.Sort(values);
        return values.Length == 0 ? 0 : values[(values.Length - 1) / 2];
    }

    private static HashSet<string> Links(string store, FrameRecord[] frames, Dictionary<string, string[]> owners)
    {
        var links = new HashSet<string>(StringComparer.Ordinal);
        foreach (var frame in frames)
        {
            links.Add("person " + IdentityName.Folded(frame.Identity));
            if (frame.Group.Length > 0) links.Add("group " + frame.Group);
            if (frame.SourceSha256.Length > 0) links.Add("source " + frame.SourceSha256);
            if (frame.IsReal) links.Add("video " + frame.Video);
            else links.Add($"video {store}:{frame.Video}");
            if (frame.DriverVideo is not { } driver) continue;
            links.Add("video " + driver);
            foreach (var owner in owners.GetValueOrDefault(driver) ?? []) links.Add("person " + IdentityName.Folded(owner));
        }

        return links;
    }

    private static void SamePath(FrameStore[] stores)
    {
        foreach (var store in stores)
        {
            var (a, b) = (stores[0].Info, store.Info);
            if (a.Size == b.Size && a.CropSpecification == b.CropSpecification && a.EncodePath == b.EncodePath) continue;
            throw new UserErrorException(
                $"{stores[0].Path} ({a.Size} px, '{a.CropSpecification}', {a.EncodePath}) and {store.Path} ({b.Size} px, "
                + $"'{b.CropSpecification}', {b.EncodePath}) were not made alike, so a detector would learn how they were made. Ingest "
                + "both at one size with one crop.");
        }
    }
}
