namespace ForensicHeads.Detector.Tests.Scoring;

/// <summary>Faces wherever the test says, in every picture: scoring can be tested without the face models.</summary>
internal sealed class GivenFaces(params FaceBox[] boxes) : IFaceFinder
{
    public static FaceBox Left { get; } = new(20, 20, 60, 70, 0.9f);

    public static FaceBox Right { get; } = new(140, 20, 60, 70, 0.9f);

    public FaceCropper Cropper() => new(this);

    public IReadOnlyList<FaceBox> Detect(RgbImage image) => boxes;

    public FaceLandmarks Locate(RgbImage image, FaceBox face)
    {
        var values = new float[2 * Landmarks68.Count];
        for (var i = 0; i < Landmarks68.Count; i++)
        {
            values[2 * i] = face.X + (face.Width * (i % 9) / 8);
            values[(2 * i) + 1] = face.Y + (face.Height * (i / 9) / 7.5f);
        }

        // Chin and brows: what the crop is measured by.
        (values[16], values[17]) = (face.CentreX, face.Y + face.Height);
        (values[38], values[39], values[48], values[49]) = (face.CentreX - 8, face.Y + 10, face.CentreX + 8, face.Y + 10);
        return new FaceLandmarks(new Landmarks68(values), 0.9f);
    }

    public void Dispose()
    {
    }
}
