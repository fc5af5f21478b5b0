using System.Collections.Concurrent;

namespace ForensicHeads.Media.Tracking;

/// <summary>Follows every face of a video or photo and cuts it out in one framing. Thread-safe: several files may be processed at
/// once.</summary>
/// <remarks>
/// Two passes: the first finds faces and landmarks, the second cuts, because a smooth crop needs the whole track. A clip whose frames fit
/// in 256 MiB is decoded once and its frames are kept; a longer one is decoded twice, which costs time but no memory. The result depends
/// neither on that nor on the number of workers.
/// </remarks>
public sealed class FaceCropper(IFaceFinder faces) : IDisposable
{
    private const int FramesPerCollection = 64;
    private readonly PhotoWorker photos = new();
    private int counted;

    /// <summary>Bytes of frames that are kept from the first pass to the second. Default 256 MiB.</summary>
    internal long KeptBytes { get; init; } = 256L << 20;

    /// <summary>Gives memory back; called every 64 frames, of one clip or of many.</summary>
    internal Action LetGo { get; init; } = () =>
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
        NativeMemory.Trim();
    };

    /// <summary>Loads the usual models.</summary>
    /// <param name="modelsFolder">The folder of <c>--models</c>, or null for the usual places.</param>
    /// <exception cref="UserErrorException">A model is missing or is not the pinned one.</exception>
    public static FaceCropper Load(string? modelsFolder = null) => new(new FaceFinder(modelsFolder));

    /// <summary>Processes one file. A bad file gives a result with status and reason, never an exception.</summary>
    /// <param name="path">Video or photo.</param>
    /// <param name="options">Options, or null for the defaults.</param>
    /// <param name="onCrop">Takes each crop, in order of frames, on the calling thread; null to skip the second pass.</param>
    /// <param name="progress">Frames done, of both passes.</param>
    /// <param name="cancellation">Stops at the next frame.</param>
    public VideoAnalysis Process(
        string path,
        FaceCropperOptions? options = null,
        Action<FaceCrop>? onCrop = null,
        IProgress<StepProgress>? progress = null,
        CancellationToken cancellation = default) =>
        Process(path, options, onCrop is null ? null : new HandOn(onCrop), progress, cancellation);

    /// <summary>Processes one file and lets work be done on each crop beside the decoding. A bad file gives a result with status and
    /// reason, never an exception.</summary>
    /// <typeparam name="T">What the work makes of a crop.</typeparam>
    /// <param name="path">Video or photo.</param>
    /// <param name="options">Options, or null for the defaults.</param>
    /// <param name="work">What is done with the crops; null to skip the second pass.</param>
    /// <param name="progress">Frames done, of both passes.</param>
    /// <param name="cancellation">Stops at the next frame.</param>
    public VideoAnalysis Process<T>(
        string path,
        FaceCropperOptions? options,
        ICropWork<T>? work,
        IProgress<StepProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        options ??= new FaceCropperOptions();
        options.Validate();
        MediaFacts? facts = null;
        try
        {
            facts = MediaProbe.Inspect(path, options.Limits, cancellation);
            return facts.IsPhoto ? ProcessPhoto(facts, options, work, cancellation)
                : ProcessVideo(facts, options, work, progress, cancellation);
        }
        catch (MediaRejectedException error)
        {
            return new VideoAnalysis(facts, [], MediaStatus.Rejected, error.Message, 0, 0, []);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        photos.Dispose();
        faces.Dispose();
    }

    private VideoAnalysis ProcessPhoto<T>(MediaFacts facts, FaceCropperOptions options, ICropWork<T>? work, CancellationToken cancellation)
    {
        var photo = PhotoReader.Decode(facts, photos, options.Limits, cancellation);
        var frame = new VideoFrame(0, 0, photo.Image);
        var tracker = new FaceTracker(faces, options);
        var found = FrameFaces.Find(frame, faces, options);
        tracker.Add(found);
        CountFrame();
        var tracks = Tracks(tracker.Finish(0), options);
        if (tracks.Length == 0) return new VideoAnalysis(photo.Facts, [], MediaStatus.Rejected,
            NoFace(tracker, found.SmallFace, options), 1, 1, [new FrameRun(0, 0, 1)])
        { IsWithoutFace = true };
        if (work is not null)
        {
            work.Begin(tracks);
            foreach (var crop in Crops(frame, tracks, options, [])) work.Take(crop, work.Map(crop));
        }

        return new VideoAnalysis(photo.Facts, tracks, photo.Status, photo.Reason, 1, 1, []);
    }

    private VideoAnalysis ProcessVideo<T>(
        MediaFacts facts, FaceCropperOptions options, ICropWork<T>? work, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var kept = work is null ? null : new KeptFrames(KeptBytes);
        var (first, tracks, seen, noFace) = Follow(facts, options, kept, progress, cancellation);
        if (first.Status == MediaStatus.Rejected) return new VideoAnalysis(facts, [], MediaStatus.Rejected, first.Reason,
            first.FramesDecoded, seen.Count, []);
        var without = FramesWithout(seen, tracks);
        if (tracks.Length == 0) return new VideoAnalysis(facts, [], MediaStatus.Rejected,
            $"{noFace} in {seen.Count} frame{(seen.Count == 1 ? "" : "s")}", first.FramesDecoded, seen.Count,
            without)
        { IsWithoutFace = true };
        if (work is null) return new VideoAnalysis(facts, tracks, first.Status, first.Reason, first.FramesDecoded, seen.Count, without);

        work.Begin(tracks);
        // By number alone, without thinning out again: the frames are those that were looked at, whatever their times.
        var given = 0;
        var spare = new ConcurrentBag<RgbImage>();
        var second = kept is { IsWhole: true } ? first : null;
        using var decoder = second is null ? new VideoDecoder(facts, options.Limits, cancellation: cancellation) : null;
        Run(() => decoder is null ? kept!.Next() : decoder.Next(), facts, options, "crops", progress,
            frame => (Frame: frame,
                Crops: Array.ConvertAll(Crops(frame, tracks, options, spare), crop => (Crop: crop, Result: work.Map(crop)))),
            done =>
            {
                foreach (var (crop, result) in done.Crops) if (!work.Take(crop, result)) spare.Add(crop.Image);
                given += done.Crops.Length;
                decoder?.Recycle(done.Frame);
                return done.Frame.Number;
            }, cancellation);
        second ??= decoder!.Outcome!;
        if (given < tracks.Sum(t => t.Frames.Count)) second = second
            with
        {
            Status = MediaStatus.Partial,
            Reason = $"a second decode gave {second.FramesDecoded} frames, the first {first.FramesDecoded}"
        };
        var outcome = second.Status >= first.Status ? second : first;
        return new VideoAnalysis(facts, tracks, outcome.Status, outcome.Reason, Math.Min(first.FramesDecoded, second.FramesDecoded),
            seen.Count, without);
    }

    // A method of its own, so that the faces as they were found are let go once they are tracks.
    private (DecodeOutcome Outcome, FaceTrack[] Tracks, List<int> Seen, string NoFace) Follow(MediaFacts facts, FaceCropperOptions options,
        KeptFrames? kept, IProgress<StepProgress>? progress, CancellationToken cancellation)
    {
        var (tracker, seen, small) = (new FaceTracker(faces, options), new List<int>(), 0f);
        var sampler = new FrameSampler(options.FramesPerSecond);
        using var decoder = new VideoDecoder(facts, options.Limits, cancellation: cancellation);
        Run(() => decoder.Next() is { } frame ? new Looked(frame, sampler.Keeps(frame.TimeS)) : null, facts, options, "faces", progress,
            item => item.Keep ? FrameFaces.Find(item.Frame, faces, options) : FrameFaces.Skip(item.Frame), faces =>
            {
                tracker.Add(faces);
                if (!faces.IsSkipped) seen.Add(faces.Frame.Number);
                small = MathF.Max(small, faces.SmallFace);
                if (kept?.Add(faces.Frame) != true) decoder.Recycle(faces.Frame);
                return faces.Frame.Number;
            }, cancellation);
        var outcome = decoder.Outcome!;
        var tracks = Tracks(tracker.Finish(options.MinTrackSeconds), options);
        return (outcome, tracks, seen, NoFace(tracker, small, options));
    }

    /// <summary>Which rule left out what there was.</summary>
    private static string NoFace(FaceTracker tracker, float small, FaceCropperOptions options) => tracker.LeftOut ?? (small > 0
        ? FormattableString.Invariant(
        $"only faces smaller than {options.MinFaceHeight} pixels from chin to brows were found, the largest of {small:F0} (MinFaceHeight)")
        : "no face was found");

    /// <summary>Works on the frames side by side and takes the results in order.</summary>
    /// <param name="next">The next frame or null; called in order, before the frames are shared out.</param>
    /// <param name="facts">The video.</param>
    /// <param name="options">Options.</param>
    /// <param name="stage">What is being done.</param>
    /// <param name="progress">Told of each frame.</param>
    /// <param name="map">The work on a frame.</param>
    /// <param name="take">Takes what was made of it; gives the frame's number.</param>
    /// <param name="cancellation">Stops at the next frame.</param>
    private void Run<TItem, T>(Func<TItem?> next, MediaFacts facts, FaceCropperOptions options, string stage,
        IProgress<StepProgress>? progress, Func<TItem, T> map, Func<T, int> take, CancellationToken cancellation)
        where TItem : class =>
        OrderedWork.Run(next, map, result =>
            {
                var number = take(result);
                CountFrame();
                progress?.Report(new StepProgress(stage, number + 1, facts.ExpectedFrames, "frames"));
            }, OrderedWork.Window(3L * facts.Width * facts.Height, options.Workers), cancellation);

    // What the networks leave behind is large and short-lived, and the collector by itself lets ever more of it lie the longer a clip is,
    // or the more clips and photos there are.
    private void CountFrame()
    {
        if (Interlocked.Increment(ref counted) % FramesPerCollection == 0) LetGo();
    }

    private static FaceTrack[] Tracks(IReadOnlyList<IReadOnlyList<TrackedFace>> raw, FaceCropperOptions options) =>
        [.. raw.Select((faces, number) => CropSmoother.Smooth(number, faces, options))];

    private static FaceCrop[] Crops(VideoFrame frame, FaceTrack[] tracks, FaceCropperOptions options, ConcurrentBag<RgbImage> spare)
    {
        var crops = new List<FaceCrop>();
        foreach (var track in tracks)
        {
            if (track.At(frame.Number) is not { } face) continue;
            var picture = spare.TryTake(out var used) ? used : new RgbImage(options.Size, options.Size);
            crops.Add(new FaceCrop(track, face, face.Crop.ToCrop(face.Landmarks, options.Size), options.Patches
                ? NativePatches.Cut(frame.Image, face.Landmarks, picture) : face.Crop.Cut(frame.Image, picture)));
        }

        return [.. crops];
    }

    private static List<FrameRun> FramesWithout(List<int> seen, FaceTrack[] tracks)
    {
        var covered = tracks.SelectMany(t => t.Frames).Select(f => f.FrameNumber).ToHashSet();
        var runs = new List<FrameRun>();
        var open = false;
        foreach (var number in seen)
        {
            if (covered.Contains(number)) open = false;
            else if (open) runs[^1] = runs[^1] with { To = number, Count = runs[^1].Count + 1 };
            else
            {
                runs.Add(new FrameRun(number, number, 1));
                open = true;
            }
        }

        return runs;
    }

    /// <summary>A frame, and whether a reduced rate keeps it.</summary>
    private sealed record Looked(VideoFrame Frame, bool Keep);

    /// <summary>Work that only hands the crops on.</summary>
    private sealed class HandOn(Action<FaceCrop> take) : ICropWork<FaceCrop>
    {
        public void Begin(IReadOnlyList<FaceTrack> tracks)
        {
        }

        public FaceCrop Map(FaceCrop crop) => crop;

        public bool Take(FaceCrop crop, FaceCrop result)
        {
            take(crop);
            return true;
        }
    }
}

/// <summary>One cut-out face.</summary>
/// <param name="Track">The track it belongs to.</param>
/// <param name="Frame">The frame of that track.</param>
/// <param name="Landmarks">In pixels of the crop.</param>
/// <param name="Image">The crop.</param>
public sealed record FaceCrop(FaceTrack Track, TrackFrame Frame, Landmarks68 Landmarks, RgbImage Image);

/// <summary>What is done with the crops of a file while it is decoded the second time.</summary>
/// <typeparam name="T">What is made of a crop.</typeparam>
public interface ICropWork<T>
{
    /// <summary>Told all faces of the file, once, before the first crop.</summary>
    void Begin(IReadOnlyList<FaceTrack> tracks);

    /// <summary>Works on one crop; called from several threads at once.</summary>
    T Map(FaceCrop crop);

    /// <summary>Takes each crop with what was made of it, in order of frames, on the thread that called
    /// <see cref="FaceCropper"/>.</summary>
    /// <returns>True when the crop's picture is kept; false when its memory may serve for the next one.</returns>
    bool Take(FaceCrop crop, T result);
}
