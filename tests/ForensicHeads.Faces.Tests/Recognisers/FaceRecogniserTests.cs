using ForensicHeads.Testing;

namespace ForensicHeads.Faces.Tests.Recognisers;

public class FaceRecogniserTests
{
    public static TheoryData<string> Names => [.. RecogniserDesign.All.Select(design => design.Name)];

    [Fact]
    public void MobileFace_gives_what_another_converter_s_network_gives()
    {
        using var recogniser = FaceRecogniser.Load(RecogniserDesign.MobileFace, SharedData.Models);
        var file = Path.Combine(SharedData.Models, "mobileface_v2_reference.onnx");
        using var reference = new OnnxSession(File.ReadAllBytes(file), "reference", "Fetch it again.");
        for (var seed = 0; seed < 4; seed++)
        {
            var face = Noise(seed, recogniser.Size);
            using var output = reference.Run(face, 1, 3, recogniser.Size, recogniser.Size);
            var expected = output.Take(0, recogniser.Length).ToArray();
            // The vectors have one length, and float32 keeps seven digits.
            Assert.InRange(FaceRetrieval.Cosine(expected, recogniser.Embed(face)), 1 - 1e-6, 1 + 1e-6);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_recogniser_sees_the_same_face_however_large_and_turned_the_picture_is(string name)
    {
        var design = RecogniserDesign.ByName(name);
        using var recogniser = FaceRecogniser.Load(design, SharedData.Models);
        using var finder = CropLandmarks.Load(SharedData.Models);
        var photos = new[] { "001_03", "002_03" }.Select(photo =>
            ImageCodec.Decode(File.ReadAllBytes(SharedData.At($"data/open/stills/london/{photo}.jpg")))).ToArray();
        var found = finder.Find(photos);
        Shot[] shots = [.. photos.Select((photo, i) => new Shot(photo, found[i]!.Points))];
        var vectors = recogniser.Embed([shots[0], shots[0].Resize(600), Turned(shots[0]), shots[1]]);
        Assert.All(vectors, vector => Assert.Equal(1, Math.Sqrt(vector.Sum(value => (double)value * value)), 5));
        Assert.Equal(design.Length, vectors[0].Length);
        Assert.InRange(FaceRetrieval.Cosine(vectors[0], vectors[1]), 0.98, 1);
        Assert.InRange(FaceRetrieval.Cosine(vectors[0], vectors[2]), 0.98, 1);
        Assert.True(FaceRetrieval.Cosine(vectors[0], vectors[3]) < FaceRetrieval.Cosine(vectors[0], vectors[2]) - 0.05);
        // The photo has far more pixels than the network takes; a tenth of it has too few.
        Assert.InRange(design.Reduction(shots[0].Landmarks), 2, 10);
        Assert.InRange(design.Reduction(shots[0].Resize(135).Landmarks), 0.2, 1);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_template_s_own_points_need_no_moving(string name)
    {
        var design = RecogniserDesign.ByName(name);
        var fit = FivePoints.Fit(design.Template, design.Template);
        Assert.Equal((1, 0, 0, 0), (Math.Round(fit.A, 9), Math.Round(fit.B, 9), Math.Round(fit.X0, 9), Math.Round(fit.Y0, 9)));
        var moved = FivePoints.Fit(design.Template, [.. design.Template.Select(at => ((-2 * at.Y) + 7, (2 * at.X) - 3))]);
        Assert.Equal((0, 2, 7, -3), (Math.Round(moved.A, 9), Math.Round(moved.B, 9), Math.Round(moved.X0, 9), Math.Round(moved.Y0, 9)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Crops_of_the_least_size_are_about_as_large_as_the_network_s_face(string name)
    {
        var design = RecogniserDesign.ByName(name);
        using var cropper = FaceCropper.Load(SharedData.Models);
        var reductions = new List<double>();
        foreach (var photo in new[] { "001_03", "002_03", "003_03", "005_03", "006_03" })
            cropper.Process(SharedData.At($"data/open/stills/london/{photo}.jpg"), new FaceCropperOptions { Size = design.LeastFrame },
                crop => reductions.Add(design.Reduction(crop.Landmarks)), cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(5, reductions.Count);
        Assert.InRange(reductions.Average(), 0.95, 1.05);
    }

    [Fact]
    public void An_unknown_name_is_an_error_that_names_the_known_ones()
    {
        var error = Assert.Throws<UserErrorException>(() => RecogniserDesign.ByName("facenet"));
        Assert.All(RecogniserDesign.All, design => Assert.Contains(design.Name, error.Message, StringComparison.Ordinal));
    }

    [Fact]
    public void A_face_without_extent_is_refused()
    {
        using var recogniser = FaceRecogniser.Load(RecogniserDesign.MobileFace, SharedData.Models);
        var nowhere = new Shot(new RgbImage(64, 64), new Landmarks68(new float[2 * Landmarks68.Count]));
        Assert.Contains("span no face", Assert.Throws<UserErrorException>(() => recogniser.Embed([nowhere])).Message,
            StringComparison.Ordinal);
    }

    private static float[] Noise(int seed, int side)
    {
        var random = new Lcg(seed);
        return [.. Enumerable.Range(0, 3 * side * side).Select(_ => (float)(255 * random.Uniform()))];
    }

    // A quarter to the left: x' = y, y' = side − 1 − x.
    private static Shot Turned(Shot shot)
    {
        var side = shot.Image.Width;
        var image = new RgbImage(side, side);
        for (var y = 0; y < side; y++)
        {
            for (var x = 0; x < side; x++) shot.Image[x, y].CopyTo(image[y, side - 1 - x]);
        }

        var points = new float[2 * Landmarks68.Count];
        for (var i = 0; i < Landmarks68.Count; i++) (points[2 * i], points[(2 * i) + 1]) =
            (shot.Landmarks[i].Y, side - 1 - shot.Landmarks[i].X);
        return new Shot(image, new Landmarks68(points));
    }
}
