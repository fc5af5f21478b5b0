namespace ForensicHeads.Media.Tracking;

/// <summary>Joins the faces of successive frames into tracks. Frames come in order; not thread-safe.</summary>
internal sealed class FaceTracker(IFaceLandmarks landmarks, FaceCropperOptions options)
{
    /// <summary>Two faces overlapping less than this in successive frames are two people, or one after a jump.</summary>
    private const float MinOverlap = 0.25f;

    private readonly List<Track> active = [];
    private readonly List<Track> closed = [];
    private FrameSignature? previous;

    /// <summary>Takes the next frame.</summary>
    internal void Add(FrameFaces frame)
    {
        var now = frame.Frame.TimeS;
        var cut = previous is not null && frame.Signature.IsCutFrom(previous);
        previous = frame.Signature;
        // At a reduced rate the gap is measured from the next frame that would have been looked at.
        var gap = options.MaxGapSeconds + (options.FramesPerSecond > 0 ? 1 / options.FramesPerSecond : 0) + 1e-6;
        Close(track => cut || now - track.LastTime > gap);
        if (frame.IsSkipped) return;
        var free = Match(frame);
        foreach (var track in active.Where(t => t.LastTime < now).ToArray()) Carry(track, frame, free);
        foreach (var face in free) if (active.Count < options.Limits.MaxFaces) active.Add(new Track(closed.Count + active.Count, frame.Frame, face));
    }

    /// <summary>The tracks that are long and sure enough, in order of first appearance.</summary>
    internal IReadOnlyList<IReadOnlyList<TrackedFace>> Finish(double minSeconds)
    {
        Close(_ => true);
        return [.. closed.Where(t => t.Lasts(minSeconds) && t.MeanConfidence >= options.MinTrackConfidence).OrderBy(t => t.Faces[0].FrameNumber).ThenBy(t => t.Order).Select(t => t.Faces)];
    }

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
            if (track.LastTime == frame.Frame.TimeS || !free.Remove(face)) continue;
            track.Add(frame.Frame, face);
            track.LastDetection = frame.Frame.TimeS;
        }

        return free;
    }

    /// <summary>Where the detector missed a face (a profile, a hand before it), the landmarks alone may still hold on to it for a while.</summary>
    private void Carry(Track track, FrameFaces frame, List<FoundFace> free)
    {
        if (frame.Frame.TimeS - track.LastDetection > options.MaxGapSeconds) return;
        var face = FoundFace.From(landmarks.Locate(frame.Frame.Image, track.Last.Box with { Confidence = 0 }), 0);
        var taken = active.Where(t => t != track && t.LastTime == frame.Frame.TimeS).Select(t => t.Last.Box).Concat(free.Select(f => f.Box));
        if (FrameFaces.IsFace(face, options) && face.Box.Overlap(track.Last.Box) >= 0.5f && taken.All(box => box.Overlap(face.Box) < MinOverlap))
            track.Add(frame.Frame, face);
    }

    private void Close(Predicate<Track> ends)
    {
        closed.AddRange(active.Where(t => ends(t)));
        active.RemoveAll(ends);
    }

    private sealed class Track
    {
        internal Track(int order, VideoFrame frame, FoundFace face)
        {
            Order = order;
            LastDetection = frame.TimeS;
            Last = face;
            Add(frame, face);
        }

        internal int Order { get; }

        internal double LastDetection { get; set; }

        internal double LastTime { get; private set; }

        internal FoundFace Last { get; private set; }

        internal List<TrackedFace> Faces { get; } = [];

        internal double MeanConfidence => Faces.Average(f => (double)f.Face.Landmarks.Confidence);

        internal void Add(VideoFrame frame, FoundFace face)
        {
            (Last, LastTime) = (face, frame.TimeS);
            Faces.Add(new TrackedFace(frame.Number, frame.TimeS, face));
        }

        internal bool Lasts(double seconds)
        {
            if (seconds <= 0) return true;
            // n frames last one interval longer than from first to last.
            var span = Faces[^1].TimeS - Faces[0].TimeS;
            return Faces.Count > 1 && span * Faces.Count / (Faces.Count - 1) >= seconds;
        }
    }
}
