namespace ForensicHeads.Generator.Driving;

/// <summary>
/// The resting face of a person, estimated from landmarks of some frames: each frame is brought upright and to one size (a Procrustes
/// mean, Gower 1975), its turn is taken back by the depth of an average face, its mouth is closed, and the middle of all is taken.
/// </summary>
/// <remarks>Face units: the origin lies midway between chin and brows, their distance is 1, y points down.</remarks>
public sealed class PersonShape
{
    private const int Rounds = 3;

    // From so many frames on, the median is taken: it ignores blinks and single wrong frames.
    private const int FramesForMedian = 5;

    // How many frames the average face's eyes and mouth are worth.
    private const double UsualLook = 0.5;

    private static readonly Lazy<(float[] Plane, float[] Depth)> Usual = new(FromMeanFace);

    private PersonShape(float[] rest, float[] depth, FacePlacement[] placements)
    {
        Rest = rest;
        Depth = depth;
        Frames = placements.Length;
        Scale = placements.Average(placement => placement.Scale);
        X = placements.Average(placement => placement.X);
        Y = placements.Average(placement => placement.Y);
    }

    /// <summary>x0, y0, x1, y1 … of the resting face seen from the front, eyes open, mouth closed, in face units.</summary>
    public IReadOnlyList<float> Neutral => Rest;

    /// <summary>Pixels a face unit, on average over the frames: the distance from chin to brows.</summary>
    public double Scale { get; }

    /// <summary>Column of the face's origin on average, pixels.</summary>
    public double X { get; }

    /// <summary>Row of the face's origin on average, pixels.</summary>
    public double Y { get; }

    /// <summary>Number of frames behind the estimate.</summary>
    public int Frames { get; }

    internal float[] Rest { get; }

    internal float[] Depth { get; }

    /// <summary>Estimates a person's shape. One frame is enough; its look (a smile, raised brows) is then taken for the person's
    /// own.</summary>
    /// <param name="frames">Landmarks of one person, all in pixels of crops of one framing.</param>
    /// <exception cref="ArgumentException">No frame.</exception>
    public static PersonShape Of(IReadOnlyList<Landmarks68> frames)
    {
        ArgumentNullException.ThrowIfNull(frames);
        if (frames.Count == 0) throw new ArgumentException("A person's shape needs at least one frame.", nameof(frames));
        var (rest, depth) = Average();
        var placements = new FacePlacement[frames.Count];
        for (var round = 0; round < Rounds; round++)
        {
            var faces = new float[frames.Count][];
            for (var i = 0; i < faces.Length; i++)
            {
                placements[i] = PlacementFit.Find(rest, depth, frames[i]);
                faces[i] = MouthOpening.Closed(Frontal(rest, depth, placements[i], frames[i]));
            }

            rest = WithOpenEyes(Normalised(WithUsualLook(Middle(faces), faces.Length)));
        }

        for (var i = 0; i < placements.Length; i++) placements[i] = PlacementFit.Find(rest, depth, frames[i]);
        return new PersonShape(rest, depth, placements);
    }

    /// <summary>A frame's points in the face's plane with the head's turn taken back; x0, y0, x1, y1 … in face units.</summary>
    internal static float[] Frontal(float[] rest, float[] depth, FacePlacement placement, Landmarks68 frame)
    {
        var result = new float[2 * Landmarks68.Count];
        for (var i = 0; i < Landmarks68.Count; i++)
        {
            var (x, y) = placement.ToFace(frame[i].X, frame[i].Y);
            var (turnedX, turnedY) = placement.Turn(rest[2 * i], rest[(2 * i) + 1], depth[i]);
            result[2 * i] = (float)(x - turnedX + rest[2 * i]);
            result[(2 * i) + 1] = (float)(y - turnedY + rest[(2 * i) + 1]);
        }

        return result;
    }

    private static (float[] Plane, float[] Depth) Average() => Usual.Value;

    private static (float[] Plane, float[] Depth) FromMeanFace()
    {
        var points = MeanFace.Points;
        var plane = new float[2 * Landmarks68.Count];
        for (var i = 0; i < Landmarks68.Count; i++) (plane[2 * i], plane[(2 * i) + 1]) = (points[i].X, -points[i].Y);
        var unit = Height(plane);
        var middle = points.Average(point => point.Z);
        return (Normalised(plane), [.. points.Select(point => (float)((point.Z - middle) / unit))]);
    }

    private static float[] Middle(float[][] faces)
    {
        var result = new float[2 * Landmarks68.Count];
        for (var k = 0; k < result.Length; k++)
        {
            var values = Array.ConvertAll(faces, face => face[k]);
            Array.Sort(values);
            result[k] = faces.Length < FramesForMedian ? values.Average()
                : (values[(values.Length - 1) / 2] + values[values.Length / 2]) / 2;
        }

        return result;
    }

    private static ((double X, double Y) Brow, (double X, double Y) Chin) Ends(float[] plane) =>
        (((plane[38] + plane[48]) / 2.0, (plane[39] + plane[49]) / 2.0), (plane[16], plane[17]));

    private static double Height(float[] plane)
    {
        var (brow, chin) = Ends(plane);
        return Math.Max(1e-3, Math.Sqrt(Math.Pow(chin.X - brow.X, 2) + Math.Pow(chin.Y - brow.Y, 2)));
    }

    // A look passes and a shape stays, but one frame cannot tell them apart: eyes and mouth of few frames are drawn to the average face's.
    private static float[] WithUsualLook(float[] rest, int frames)
    {
        var (average, _) = Average();
        foreach (var (first, last) in FacePoints.Parts)
        {
            for (var k = 2 * first; k <= (2 * last) + 1; k++) rest[k] =
                (float)(((frames * rest[k]) + (UsualLook * average[k])) / (frames + UsualLook));
        }

        return rest;
    }

    // Only moved and scaled: the roll has been taken out by the placement.
    private static float[] Normalised(float[] plane)
    {
        var (brow, chin) = Ends(plane);
        var height = Height(plane);
        var (x, y) = ((brow.X + chin.X) / 2, (brow.Y + chin.Y) / 2);
        return [.. plane.Select((value, i) => (float)((value - (i % 2 == 0 ? x : y)) / height))];
    }

    // A person caught in a blink has no opening of their own to show; the average face lends its lids.
    private static float[] WithOpenEyes(float[] rest)
    {
        var (average, _) = Average();
        foreach (var (first, _) in FacePoints.Parts[..2])
        {
            var (width, gap) = FacePoints.Eye(rest, first);
            var (usualWidth, usualGap) = FacePoints.Eye(average, first);
            if (gap / width >= 0.5 * usualGap / usualWidth) continue;
            foreach (var lid in (ReadOnlySpan<int>)[1, 2, 4, 5])
            {
                var at = (2 * (first + lid)) + 1;
                var line = (rest[(2 * first) + 1] + rest[(2 * (first + 3)) + 1]) / 2;
                var usualLine = (average[(2 * first) + 1] + average[(2 * (first + 3)) + 1]) / 2;
                rest[at] = (float)(line + ((average[at] - usualLine) * width / usualWidth));
            }
        }

        return rest;
    }
}
