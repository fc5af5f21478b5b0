namespace ForensicHeads.Testing;

/// <summary>
/// Draws pictures of rendered heads and finds the faces in them again, exactly and without a network. Each picture carries its number in a
/// row of dark and light squares, which survive a codec; the finder looks up what was drawn under it. Other pictures show no face.
/// </summary>
public sealed class ScriptedFaces : IFaceFinder
{
    /// <summary>What both halves of the finder say of every face.</summary>
    public const float Confidence = 0.9f;

    private const int Square = 8;
    private const int Squares = 12;

    // Not black and white: MPEG-1 cannot say so great a change in one step.
    private const byte Dark = 30;
    private const byte Light = 220;
    private const int Mark = 0b1011 << (Squares - 4);
    private readonly List<Landmarks68[]> script = [];

    /// <summary>The landmarks of the heads of each picture, by its number and in the order of drawing.</summary>
    public IReadOnlyList<IReadOnlyList<Landmarks68>> Script => script;

    /// <summary>The clip of a person who does not exist: number 0, 1, 2 …</summary>
    public static ProceduralVideo Person(int number) => new(ProceduralPerson.Create(1, number), 0, 1);

    /// <summary>A cropper that finds its faces here.</summary>
    public FaceCropper Cropper() => new(this);

    /// <summary>A grey picture, at least 96 pixels wide, with heads whose upper left corners are given.</summary>
    public RgbImage Draw(int width, int height, params (ProceduralFrame Head, int X, int Y)[] heads)
    {
        var picture = new RgbImage(width, height);
        picture.Pixels.AsSpan().Fill(120);
        foreach (var ((head, _), left, top) in heads)
        {
            var row = 3 * head.Width;
            for (var y = 0; y < head.Height; y++)
                head.Pixels.AsSpan(row * y, row).CopyTo(picture.Pixels.AsSpan(3 * ((width * (top + y)) + left)));
        }

        if (script.Count == 1 << (Squares - 4)) throw new InvalidOperationException("256 pictures are the most that can be told apart.");
        var code = Mark | script.Count;
        script.Add([.. heads.Select(head => head.Head.Landmarks.Transform(1, head.X, head.Y))]);
        for (var y = 0; y < Square; y++)
            for (var x = 0; x < Square * Squares; x++) picture[x, y].Fill(Bit(code, x / Square) ? Light : Dark);
        return picture;
    }

    /// <summary>Draws as many pictures as are asked for and writes them as an H.264 clip of 25 frames a second; gives its path.</summary>
    public string Film(string path, int frames, Func<int, RgbImage> draw)
    {
        var pictures = Enumerable.Range(0, frames).Select(draw).ToArray();
        using var encoder = new VideoEncoder(path, pictures[0].Width, pictures[0].Height, new VideoEncoderOptions { Preset = "ultrafast" });
        foreach (var picture in pictures) encoder.Write(picture);
        encoder.Complete();
        return path;
    }

    /// <inheritdoc/>
    public IReadOnlyList<FaceBox> Detect(RgbImage image) => [.. Of(image).Select(Box)];

    /// <inheritdoc/>
    public FaceLandmarks Locate(RgbImage image, FaceBox face) =>
        Of(image).Where(points => Box(points).Overlap(face) > 0.25f).MaxBy(points => Box(points).Overlap(face)) is { } found
            ? new FaceLandmarks(found, Confidence)
            : new FaceLandmarks(new Landmarks68(new float[2 * Landmarks68.Count]), 0);

    /// <inheritdoc/>
    public void Dispose()
    {
    }

    private static bool Bit(int code, int square) => (code & (1 << (Squares - 1 - square))) != 0;

    private static FaceBox Box(Landmarks68 points)
    {
        var (across, down) = (points.Values.Where((_, i) => i % 2 == 0).ToArray(), points.Values.Where((_, i) => i % 2 == 1).ToArray());
        return new FaceBox(across.Min(), down.Min(), across.Max() - across.Min(), down.Max() - down.Min(), Confidence);
    }

    private Landmarks68[] Of(RgbImage image)
    {
        if (image.Width < Square * Squares || image.Height < Square) return [];
        var code = 0;
        for (var square = 0; square < Squares; square++)
        {
            var pixel = image[(Square * square) + (Square / 2), Square / 2];
            var light = pixel[0] > 150 && pixel[1] > 150 && pixel[2] > 150;
            if (!light && (pixel[0] > 90 || pixel[1] > 90 || pixel[2] > 90)) return [];
            code = (code << 1) | (light ? 1 : 0);
        }

        var number = code ^ Mark;
        return number < script.Count ? script[number] : [];
    }
}
