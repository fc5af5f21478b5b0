namespace ForensicHeads.Generator.Driving;

/// <summary>
/// Fits a driver's landmarks to the face of the person who is driven: the driver's turn, place and movement, the target's shape. Movement
/// is what a frame shows beyond the driver's resting face, once its turn is taken back; eyes move in proportion to their opening and width,
/// the mouth sideways in proportion to its width.
/// </summary>
/// <param name="target">The person who is driven.</param>
/// <param name="driver">The person who drives.</param>
/// <param name="sameFraming">
/// Whether the crops of both were made by one rule. Where the target stands is then known better than a few shots tell: the driver's
/// place and size count as some more shots.
/// </param>
public sealed class ShapeFit(PersonShape target, PersonShape driver, bool sameFraming)
{
    private const double Least = 0.5;
    private const double Most = 2;

    // How many shots the driver's place and size are worth under one framing: a shot's place varies more than its size.
    private const double UsualPlace = 3;
    private const double UsualScale = 0.3;
    private readonly float[] ratios = Ratios(target, driver);

    /// <summary>The driver's landmarks on the target's face, in pixels of the target's crops: on average as large as in the shots, and in
    /// the same place.</summary>
    public Landmarks68 Fit(Landmarks68 frame)
    {
        ArgumentNullException.ThrowIfNull(frame);
        var placement = PlacementFit.Find(driver.Rest, driver.Depth, frame);
        var face = PersonShape.Frontal(driver.Rest, driver.Depth, placement, frame);
        var to = Placed(placement);
        var result = new float[2 * Landmarks68.Count];
        for (var i = 0; i < Landmarks68.Count; i++)
        {
            var (x, y) = to.Turn(target.Rest[2 * i], target.Rest[(2 * i) + 1], target.Depth[i]);
            x += ratios[2 * i] * (face[2 * i] - driver.Rest[2 * i]);
            y += ratios[(2 * i) + 1] * (face[(2 * i) + 1] - driver.Rest[(2 * i) + 1]);
            var (column, row) = to.ToPicture(x, y);
            (result[2 * i], result[(2 * i) + 1]) = ((float)column, (float)row);
        }

        return new Landmarks68(result);
    }

    private FacePlacement Placed(FacePlacement placement)
    {
        var frames = (double)target.Frames;
        var scale = Mixed(target.Scale, driver.Scale, UsualScale);
        var (x, y) = (Mixed(target.X, driver.X, UsualPlace), Mixed(target.Y, driver.Y, UsualPlace));
        var ratio = scale / driver.Scale;
        return placement
            with
        {
            A = placement.A * ratio,
            B = placement.B * ratio,
            X = x + ((placement.X - driver.X) * ratio),
            Y = y + ((placement.Y - driver.Y) * ratio)
        };

        double Mixed(double own, double drivers, double weight) =>
            sameFraming ? ((frames * own) + (weight * drivers)) / (frames + weight) : own;
    }

    private static float[] Ratios(PersonShape target, PersonShape driver)
    {
        var result = new float[2 * Landmarks68.Count];
        Array.Fill(result, 1);
        foreach (var (first, last) in FacePoints.Parts)
        {
            var mouth = first == 48;
            var (x, y) = mouth
                ? (FacePoints.MouthWidth(target.Rest) / FacePoints.MouthWidth(driver.Rest), 1)
                : Eyes(FacePoints.Eye(target.Rest, first), FacePoints.Eye(driver.Rest, first));
            for (var i = first; i <= last; i++) (result[2 * i], result[(2 * i) + 1]) =
                ((float)Math.Clamp(x, Least, Most), (float)Math.Clamp(y, Least, Most));
        }

        return result;

        static (double X, double Y) Eyes((double Width, double Gap) target, (double Width, double Gap) driver) =>
            (target.Width / driver.Width, target.Gap / driver.Gap);
    }
}
