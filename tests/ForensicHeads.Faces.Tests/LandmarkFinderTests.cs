using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Faces.Tests;

public sealed class LandmarkFinderTests : IDisposable
{
    private readonly string file = Path.Combine(Path.GetTempPath(), $"forensicheads-{Guid.NewGuid():N}.safetensors");
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose()
    {
        scope.Dispose();
        File.Delete(file);
    }

    [Fact]
    public void The_network_has_its_size()
    {
        using var finder = new LandmarkFinder(1);
        // Stem 25·3·24; down 9·(24² + 24² + 24·40 + 40² + 40·64 + 64² + 64·80 + 80²); narrow 40·24 + 64·40 + 80·64; up 9·(24² + 40² + 64²);
        // norms 2·(24 + 2·(24 + 40 + 64 + 80) + 24 + 40 + 64); heat 24·68 + 68; face 160 + 1; shape 136·136 + 136.
        Assert.Equal(1800 + 196992 + 8640 + 56448 + 1136 + 1700 + 161 + 18632, finder.ParameterCount);
        using var large = new LandmarkFinder(1, 128);
        // Stem and heat of 16 channels, and a stage of 16 before the others.
        Assert.Equal(finder.ParameterCount - (25 * 3 * 8) - (9 * 24 * 24) + (9 * ((16 * 16 * 2) + (16 * 24))) + (24 * 16) + (9 * 16 * 16)
            + (2 * (16 - 24 + (2 * 16) + 16)) - (8 * 68), large.ParameterCount);
    }

    [Theory]
    [InlineData(64, 0.5)]
    [InlineData(128, 0.75)]
    public void A_short_training_brings_the_points_nearer_and_the_same_seed_the_same_bytes(int size, double most)
    {
        var losses = new List<double>();
        using var training = new LandmarkTraining(1, size);
        var before = Error(training.Finder);
        training.Learn(FaceScene.Data(0, size), 60, 8, 1, (_, loss) =>
            losses.Add(loss), CancellationToken.None);
        Assert.InRange(losses.TakeLast(5).Average() / losses.Take(5).Average(), 0, most);
        // Pixels, on frames not trained on.
        Assert.InRange(Error(training.Finder) / before, 0, most);

        string Learn()
        {
            using var again = new LandmarkTraining(5, size);
            again.Learn(FaceScene.Data(0, size), 3, 4, 5, null, CancellationToken.None);
            again.Save(file, new Dictionary<string, string>(), half: false);
            return Hashes.OfFile(file);
        }

        Assert.Equal(Learn(), Learn());
    }

    [Fact]
    public void Weights_are_read_back_as_they_were_and_others_refused()
    {
        using var finder = Seeing(1);
        finder.Save(file, new Dictionary<string, string> { ["licence"] = "x" });
        using var read = LandmarkFinder.Load(file);
        Assert.Equal(("x", Hashes.OfFile(file)), (read.Metadata["licence"], read.Sha256));
        var frame = FaceScene.Shots[0][0].Image;
        Assert.Equal(finder.Find([frame])[0]!.Points.Values, read.Find([frame])[0]!.Points.Values);
        using var large = new LandmarkFinder(1, 128);
        large.Save(file, new Dictionary<string, string>());
        using (var larger = LandmarkFinder.Load(file)) Assert.Equal(("landmarks-128", 128), (larger.Name, larger.Size));
        Assert.Contains("no landmarks for frames of 96 px",
            Assert.Throws<UserErrorException>(() => new LandmarkFinder(1, 96)).Message, StringComparison.Ordinal);
        SafetensorsFile.Write(file, [.. SafetensorsFile.Read(file).Tensors.Values],
            new Dictionary<string, string> { ["kind"] = "forensicheads-landmarks", ["network"] = "landmarks-32" });
        Assert.Contains("'landmarks-32'", Assert.Throws<UserErrorException>(() => LandmarkFinder.Load(file)).Message,
            StringComparison.Ordinal);
        using var identity = new FaceIdentity(IdentityDesign.Loss, 1);
        identity.Save(file, new Dictionary<string, string>());
        Assert.Contains("holds no landmark finder", Assert.Throws<UserErrorException>(() => LandmarkFinder.Load(file)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Points_are_in_pixels_of_the_frame_whatever_its_size()
    {
        using var finder = Seeing(1);
        var small = FaceScene.Shots[0][0].Image;
        var large = new RgbImage(128, 128);
        for (var y = 0; y < 128; y++)
        {
            for (var x = 0; x < 128; x++) small[x / 2, y / 2].CopyTo(large[x, y]);
        }

        var expected = finder.Find([small])[0]!.Points.Resize(64, 128);
        Assert.All(expected.Values.Zip(finder.Find([large])[0]!.Points.Values), pair => Assert.Equal(pair.First, pair.Second, 0.01));
        Assert.Contains("100×64", Assert.Throws<UserErrorException>(() => finder.Find([new RgbImage(100, 64)])[0]).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_frame_that_the_network_takes_for_no_face_is_a_failure()
    {
        using var finder = new LandmarkFinder(1);
        SetFaceBias(finder, -1000);
        Assert.Equal([null, null], finder.Find([FaceScene.Shots[0][0].Image, FaceScene.Shots[1][0].Image]));
        using var training = new LandmarkTraining(1);
        SetFaceBias(training.Finder, -1000);
        var measured = training.Measure(FaceScene.Data(0));
        Assert.Equal((24, 24, 0), (measured["frames"], measured["failures"], measured["non_faces_passed"]));
        Assert.True(double.IsNaN(measured["nme"]));
    }

    [Fact]
    public void The_error_is_the_mean_distance_over_that_of_the_outer_eyes()
    {
        var values = new float[136];
        values[2 * 45] = 20;
        var truth = new Landmarks68(values);
        // All points off by (3, 4): 5 / 20.
        Assert.Equal(0.25, LandmarkTraining.NormalisedError(truth.Transform(1, 3, 0).Transform(1, 0, 4), truth), 1e-6);
    }

    [Fact]
    public void A_heat_map_at_one_cell_gives_the_middle_of_that_cell()
    {
        using var finder = new LandmarkFinder(1);
        var network = finder.Network;
        var bound = finder.Parameters.Bind(learn: false, advance: false);
        var (points, scores) = network.Forward(zeros(2, 3, 64, 64), bound);
        Assert.Equal([2, 68, 2], points.shape);
        Assert.Equal([2], scores.shape);
        Assert.All(points.ToHost<float>(), value => Assert.InRange(value, 0.5f, 62.5f));
        var entry = finder.Parameters.Layout.Entries.Single(one => one.Name == "heat.weight");
        using (no_grad()) finder.Parameters.Values.narrow(0, entry.Offset, entry.Length).zero_();
        // Equal everywhere: the middle of the frame.
        var middle = network.Forward(zeros(1, 3, 64, 64), finder.Parameters.Bind(learn: false, advance: false)).Points;
        Assert.All(middle.ToHost<float>(), value => Assert.Equal(31.5f, value, 1e-3f));
    }

    [Fact]
    public void The_shape_layer_takes_off_a_plain_error_and_is_fitted_at_the_end_of_a_training()
    {
        using var finder = Seeing(1);
        var frame = FaceScene.Shots[0][0].Image;
        var before = finder.Find([frame])[0]!.Points;
        finder.Network.SetShape(
            finder.Parameters, zeros(136, 136), tensor(Enumerable.Range(0, 136).Select(i => i % 2 == 0 ? 3f : -2f).ToArray()));
        Assert.All(finder.Find([frame])[0]!.Points.Values.Zip(before.Transform(1, 3, -2).Values), pair =>
            Assert.Equal(pair.Second, pair.First, 1e-4));

        using var training = new LandmarkTraining(1);
        training.Learn(FaceScene.Data(0), 60, 8, 1, null, CancellationToken.None);
        var entry = training.Finder.Parameters.Layout.Entries.Single(one => one.Name == "shape.bias");
        Assert.Contains(training.Finder.Parameters.Values.detach().narrow(0, entry.Offset, entry.Length).ToHost<float>(), value =>
            Math.Abs(value) > 0.01);
        // Frames not trained on: nearer than the maps alone.
        Assert.InRange(Error(training.Finder) / Error(training.Finder, mapsAlone: true), 0, 0.95);
    }

    [Fact]
    public void A_shape_fit_finds_the_linear_error_it_was_shown()
    {
        var random = new SeededRandom(3, "shape-fit");
        using var fit = new LandmarkShapeFit();
        var (weight, bias) = (Gaussian(136 * 136), Gaussian(136));
        for (var i = 0; i < 40; i++)
        {
            var shapes = tensor(Gaussian(64 * 136), [64, 136]);
            fit.Add(shapes, nn.functional.linear(shapes, tensor(weight, [136, 136]), tensor(bias)).view(64, 68, 2));
        }

        var (found, offset) = fit.Solve();
        Assert.All(found.ToHost<float>().Zip(weight), pair => Assert.Equal(pair.Second, pair.First, 2e-3));
        Assert.All(offset.ToHost<float>().Zip(bias), pair => Assert.Equal(pair.Second, pair.First, 2e-3));
        using var empty = new LandmarkShapeFit();
        Assert.Throws<InvalidOperationException>(() => empty.Solve());

        float[] Gaussian(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)random.Gaussian())];
    }

    private static double Error(LandmarkFinder finder, bool mapsAlone = false)
    {
        using var bound = NewDisposeScope();
        var shot = FaceScene.Of(finder.Size)[0][1];
        var (frames, parameters) = (FrameTensor.From([shot.Image], CPU), finder.Parameters.Bind(learn: false, advance: false));
        var (points, _) = mapsAlone ? finder.Network.Locate(frames, parameters) : finder.Network.Forward(frames, parameters);
        return points.ToHost<float>().Zip(shot.Landmarks.Values).Average(pair => Math.Abs(pair.First - pair.Second));
    }

    private static LandmarkFinder Seeing(long seed)
    {
        var finder = new LandmarkFinder(seed);
        SetFaceBias(finder, 1000);
        return finder;
    }

    private static void SetFaceBias(LandmarkFinder finder, float value)
    {
        var entry = finder.Parameters.Layout.Entries.Single(one => one.Name == "face.bias");
        using var _ = no_grad();
        using var bias = finder.Parameters.Values.narrow(0, entry.Offset, entry.Length);
        bias.fill_(value);
    }
}
