namespace ForensicHeads.Media.Tracking;

/// <summary>Joins the faces of successive frames into tracks. Frames come in order; not thread-safe.</summary>
internal sealed class FaceTracker(IFaceFinder faces, FaceCropperOptions options)
{
    /// <summary>Two faces overlapping less than this in successive frames are two people, or one after a jump.</summary>
    private const float MinOverlap = 0.25f;

    private static readonly RgbImage Nothing = new(1, 1);

    private readonly List<Track> active = [];
    private readonly List<Track> closed = [];
    private FrameSignature? previous;
    private VideoFrame? first;
    private VideoFrame? last;
    private int looked;

    /// <summary>Takes the next frame.</summary>
    internal void Add(FrameFaces frame)
    {
        var now = frame.Frame.TimeS;
        var cut = previous is not null && frame.Signature.IsCutFrom(previous);
        previous = frame.Signature;
        if (!frame.IsSkipped) foreach (var track in active) track.FollowedAt(now);
        // At a reduced rate the gap is measured from the next frame that would have been looked at.
        var gap = options.MaxGapSeconds + (options.FramesPerSecond > 0 ? 1 / options.FramesPerSecond : 0) + 1e-6;
        Close(track => cut || (now - track.LastTime > gap && !IsOfLastFrame(track.LastNumber)));
        if (frame.IsSkipped) return;
        var free = Match(frame);
        foreach (var track in active.Where(t => t.LastNumber < frame.Frame.Number).ToArray()) Carry(track, frame, free);
        foreach (var face in free) if (active.Count < options.Limits.MaxFaces) active.Add(
            new Track(closed.Count + active.Count, frame.Frame, face).After(last is null ? 0 : now - last.TimeS));
        first ??= frame.Frame with { Image = Nothing };
        last = frame.Frame with { Image = Nothing };
        looked++;
    }

    /// <summary>The tracks that are long and sure enough, in order of first appearance.</summary>
    /// <param name="minSeconds">How long a track must last; of a clip no longer than that, half the clip.</param>
    internal IReadOnlyList<IReadOnlyList<TrackedFace>> Finish(double minSeconds)
    {
        Close(_ => true);
        var clip = looked > 1 ? (last!.TimeS - first!.TimeS) * looked / (looked - 1) : 0;
        var needed = clip <= minSeconds ? clip / 2 : minSeconds;
        var sure = closed.Where(track => track.MeanConfidence >= options.MinTrackConfidence).ToArray();
        var kept = sure.Where(track => track.Seconds + 1e-9 >= needed).OrderBy(t => t.Faces[0].FrameNumber).ThenBy(t => t.Order).ToArray();
        LeftOut = kept.Length > 0 || closed.Count == 0 ? null
            : sure.Length > 0 ? FormattableString.Invariant($"only faces seen for less than {needed:0.##} s were found, the longest for ")
                + FormattableString.Invariant($"{sure.Max(track => track.Seconds):0.##} s (MinTrackSeconds)")
            : FormattableString.Invariant($"only unsure faces were found, the surest of {closed.Max(t => t.MeanConfidence):0.00} where ")
                + FormattableString.Invariant($"{options.MinTrackConfidence:0.00} is needed (MinTrackConfidence)");
        return [.. kept.Select(t => t.Faces)];
    }

    /// <summary>Why <see cref="Finish"/> left out what was found, where it left out all; null otherwise.</summary>
    internal string? LeftOut { get; private set; }

    /// <summary>Whether a face was there the last time that somebody looked. However slow the footage, from one frame to the next is no
    /// gap.</summary>
    private bool IsOfLastFrame(int number) => last is not null && number == last.Number;

    /// <summary>Gives each face to the track that it overlaps best, best pairs first; returns the faces left over.</summary>
    private List<FoundFace> Match(FrameFaces frame)
    {
        var free = frame.Faces.ToList();
        var pairs = from track in active
                    from face in frame.Faces
                    let overlap = track.Last.Box.Overlap(face.Box)
                    where overlap >= MinOverlap
                    orderby overlap descending, track.Order
                    select (track, face);
        foreach (var (track, face) in pairs.ToArray())
        {
            if (track.LastNumber == frame.Frame.Number || !free.Remove(face)) continue;
            track.Add(frame.Frame, face);
            track.Detected = frame.Frame with { Image = Nothing };
        }

        return free;
    }

    /// <summary>Where the detector missed a face (a profile, a hand before it), the landmarks alone may still hold on to it for a
    /// while.</summary>
    private void Carry(Track track, FrameFaces frame, List<FoundFace> free)
    {
        if (frame.Frame.TimeS - track.Detected.TimeS > options.MaxGapSeconds && !IsOfLastFrame(track.Detected.Number)) return;
        var face = FoundFace.From(faces.Locate(frame.Frame.Image, track.Last.Box with { Confidence = 0 }), 0);
        var taken = active.Where(t => t != track && t.LastNumber == frame.Frame.Number).Select(t => t.Last.Box)
            .Concat(free.Select(f => f.Box));
        if (FrameFaces.IsFace(face, options) && face.Box.Overlap(track.Last.Box) >= 0.5f
            && taken.All(box => box.Overlap(face.Box) < MinOverlap))
            track.Add(frame.Frame, face);
    }

    private void Close(Predicate<Track> ends)
    {
        closed.AddRange(active.Where(t => ends(t)));
        active.RemoveAll(ends);
    }

    private sealed class Track
    {
        private double step = double.NaN;
        private double before;

        internal Track(int order, VideoFrame frame, FoundFace face)
        {
            Order = order;
            Detected = frame with { Image = Nothing };
            Last = face;
            Add(frame, face);
        }

        internal int Order { get; }

        /// <summary>The last frame in which the detector, and not the landmarks alone, saw it.</summary>
        internal VideoFrame Detected { get; set; }

        internal int LastNumber => Faces[^1].FrameNumber;

        internal double LastTime => Faces[^1].TimeS;

        internal FoundFace Last { get; private set; }

        internal List<TrackedFace> Faces { get; } = [];

        internal double MeanConfidence => Faces.Average(f => (double)f.Face.Landmarks.Confidence);

        /// <summary>How long it lasts: n frames last one interval longer than from first to last, and a single one until the
        /// next.</summary>
        internal double Seconds => Faces.Count > 1 ? (LastTime - Faces[0].TimeS) * Faces.Count / (Faces.Count - 1)
            : double.IsNaN(step) ? before : step;

        internal void Add(VideoFrame frame, FoundFace face)
        {
            Last = face;
            Faces.Add(new TrackedFace(frame.Number, frame.TimeS, face));
        }

        /// <summary>Told when it began after the frame before.</summary>
        internal Track After(double seconds)
        {
            before = seconds;
            return this;
        }

        /// <summary>Told of the frame after.</summary>
        internal void FollowedAt(double now)
        {
            if (double.IsNaN(step)) step = now - Faces[0].TimeS;
        }
    }
}

/// <summary>A face that belongs to a track, before the crop is known.</summary>
internal sealed record TrackedFace(int FrameNumber, double TimeS, FoundFace Face);

/// <summary>All that is known of one frame without its neighbours.</summary>
/// <param name="Frame">The frame.</param>
/// <param name="Faces">Its faces.</param>
/// <param name="Signature">For finding cuts.</param>
/// <param name="SmallFace">Height in pixels, chin to brows, of the largest face that was too small; 0 when there was none.</param>
/// <param name="IsSkipped">Whether a reduced rate leaves the frame out.</param>
internal sealed record FrameFaces(VideoFrame Frame, IReadOnlyList<FoundFace> Faces, FrameSignature Signature, float SmallFace = 0,
    bool IsSkipped = false)
{
    /// <summary>Detects faces and places landmarks; unsure, small and doubled ones are dropped.</summary>
    internal static FrameFaces Find(VideoFrame frame, IFaceFinder faces, FaceCropperOptions options)
    {
        var found = new List<FoundFace>();
        var small = 0f;
        foreach (var box in faces.Detect(frame.Image).Take(options.Limits.MaxFaces))
        {
            var face = FoundFace.From(faces.Locate(frame.Image, box), box.Confidence);
            if (face.Landmarks.Confidence >= options.MinTrackConfidence && face.Height < options.MinFaceHeight) small =
                MathF.Max(small, face.Height);
            if (IsFace(face, options) && found.All(other => other.Box.Overlap(face.Box) < 0.5f)) found.Add(face);
        }

        return new FrameFaces(frame, found, new FrameSignature(frame.Image), small);
    }

    /// <summary>A frame that a reduced rate leaves out; it still tells of cuts, which are hard to see across a longer step.</summary>
    internal static FrameFaces Skip(VideoFrame frame) => new(frame, [], new FrameSignature(frame.Image), IsSkipped: true);

    internal static bool IsFace(FoundFace face, FaceCropperOptions options) =>
        face.Landmarks.Confidence >= options.MinConfidence && face.Height >= options.MinFaceHeight;
}

/// <summary>A face in one frame before it belongs to a track.</summary>
/// <param name="Box">Around the landmarks, with the detector's confidence; 0 when the detector missed it.</param>
/// <param name="Landmarks">In source pixels.</param>
internal sealed record FoundFace(FaceBox Box, FaceLandmarks Landmarks)
{
    internal static FoundFace From(FaceLandmarks landmarks, float detectorConfidence)
    {
        float left = float.MaxValue, top = float.MaxValue, right = float.MinValue, bottom = float.MinValue;
        for (var i = 0; i < Landmarks68.Count; i++)
        {
            var (x, y) = landmarks.Points[i];
            (left, right) = (MathF.Min(left, x), MathF.Max(right, x));
            (top, bottom) = (MathF.Min(top, y), MathF.Max(bottom, y));
        }

        return new FoundFace(new FaceBox(left, top, right - left, bottom - top, detectorConfidence), landmarks);
    }

    /// <summary>Middle of the brows, between points 19 and 24.</summary>
    internal (float X, float Y) Brow
    {
        get
        {
            var (ax, ay) = Landmarks.Points[19];
            var (bx, by) = Landmarks.Points[24];
            return ((ax + bx) / 2, (ay + by) / 2);
        }
    }

    /// <summary>Distance from the chin (point 8) to the middle of the brows, in source pixels.</summary>
    internal float Height
    {
        get
        {
            var (x, y) = Brow;
            var (chinX, chinY) = Landmarks.Points[8];
            return MathF.Sqrt(((chinX - x) * (chinX - x)) + ((chinY - y) * (chinY - y)));
        }
    }
}

/// <summary>How faces are followed and cut out.</summary>
public sealed record FaceCropperOptions
{
    /// <summary>Limits on each file.</summary>
    public MediaLimits Limits { get; init; } = new();

    /// <summary>Side of the crops in pixels, 16 … 4096. Default 256.</summary>
    public int Size { get; init; } = 256;

    /// <summary>Most frames a second that are looked at, 0 … 1000; 0 takes all. Default 0.</summary>
    public double FramesPerSecond { get; init; }

    /// <summary>Distance from chin to brows as a share of the crop's height, 0.2 … 1. Default 0.55: the whole head with some hair and
    /// neck.</summary>
    public double FaceShare { get; init; } = 0.55;

    /// <summary>Height of the middle between chin and brows in the crop, as a share from the top, 0 … 1. Default 0.56.</summary>
    public double FaceCentre { get; init; } = 0.56;

    /// <summary>Whether a crop is four patches of half its side in the source's own pixels (<see cref="NativePatches"/>) in place of one
    /// reduced square. Default false.</summary>
    public bool Patches { get; init; }

    /// <summary>Landmarks less sure than this are no face, 0 … 1. Default 0.5.</summary>
    public double MinConfidence { get; init; } = 0.5;

    /// <summary>Tracks whose landmarks are on average less sure than this are no face, 0 … 1. Default 0.68: patterns that pass for a face
    /// stay below, broken faces above.</summary>
    public double MinTrackConfidence { get; init; } = 0.68;

    /// <summary>Faces smaller than this from chin to brows are left out, in source pixels, at least 1. Default 24.</summary>
    public double MinFaceHeight { get; init; } = 24;

    /// <summary>A face that returns within this many seconds is the same track, 0 … 10; from one frame to the next is no gap however long
    /// it takes. Default 0.5.</summary>
    public double MaxGapSeconds { get; init; } = 0.5;

    /// <summary>Tracks of a video shorter than this are left out, in seconds, 0 … 60; one frame is enough where frames last longer, and
    /// half the clip where that is shorter. Default 0.2.</summary>
    public double MinTrackSeconds { get; init; } = 0.2;

    /// <summary>Deviation of the Gaussian that smooths the crop's centre, in seconds, 0 … 10. The size takes twice this. Default
    /// 0.25.</summary>
    public double CropSmoothing { get; init; } = 0.25;

    /// <summary>Deviation of the Gaussian that smooths the landmarks, in seconds, 0 … 10; 0 leaves them as measured. Default 0.</summary>
    public double LandmarkSmoothing { get; init; }

    /// <summary>Frames worked on at once, 1 … 64. Default: the number of processors.</summary>
    public int Workers { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 64);

    /// <summary>Checks every value.</summary>
    /// <exception cref="UserErrorException">A value is outside its range.</exception>
    public void Validate()
    {
        Limits.Validate();
        Check(nameof(Size), Size, 16, 4096, 256);
        if (Patches && Size % NativePatches.ASide != 0) throw new UserErrorException(
            $"Size {Size} is odd; two patches a side want an even one, 256 is usual.", 2);
        Check(nameof(FramesPerSecond), FramesPerSecond, 0, 1000, 0);
        Check(nameof(FaceShare), FaceShare, 0.2, 1, 0.55);
        Check(nameof(FaceCentre), FaceCentre, 0, 1, 0.56);
        Check(nameof(MinConfidence), MinConfidence, 0, 1, 0.5);
        Check(nameof(MinTrackConfidence), MinTrackConfidence, 0, 1, 0.68);
        Check(nameof(MinFaceHeight), MinFaceHeight, 1, 10_000, 24);
        Check(nameof(MaxGapSeconds), MaxGapSeconds, 0, 10, 0.5);
        Check(nameof(MinTrackSeconds), MinTrackSeconds, 0, 60, 0.2);
        Check(nameof(CropSmoothing), CropSmoothing, 0, 10, 0.25);
        Check(nameof(LandmarkSmoothing), LandmarkSmoothing, 0, 10, 0);
        Check(nameof(Workers), Workers, 1, 64, 2);
    }

    private static void Check(string name, double value, double low, double high, double usual) =>
        OptionCheck.Within(name, value, low, high, FormattableString.Invariant($"{usual} is usual"));
}
