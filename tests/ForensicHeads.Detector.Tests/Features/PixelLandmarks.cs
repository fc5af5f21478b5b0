namespace ForensicHeads.Detector.Tests.Features;

/// <summary>A face by formula that moves with the picture's pixels alone.</summary>
internal sealed class PixelLandmarks(bool findsFaces = true) : ILandmarkFinder
{
    private static readonly double[] Rest = TalkingTrack.Base();

    public string Name => "pixels";

    public IReadOnlyList<FaceLandmarks?> Find(IReadOnlyList<RgbImage> crops) => [.. crops.Select(crop => findsFaces ? Of(crop) : null)];

    public void Dispose()
    {
    }

    private static FaceLandmarks Of(RgbImage crop)
    {
        var points = Array.ConvertAll(Rest, value => (float)value);
        for (var i = 0; i < points.Length; i++) points[i] += crop.Pixels[(7 * i) % crop.Pixels.Length] / 64f;
        return new FaceLandmarks(new Landmarks68(points), 0.9f);
    }
}
