using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Faces.Tests;

public sealed class FaceIdentityTests : IDisposable
{
    private readonly string file = Path.Combine(Path.GetTempPath(), $"forensicheads-{Guid.NewGuid():N}.safetensors");
    private readonly DisposeScope scope = NewDisposeScope();

    public static TheoryData<string> Names => [.. IdentityDesign.All.Select(design => design.Name)];

    public void Dispose()
    {
        scope.Dispose();
        File.Delete(file);
    }

    [Fact]
    public void The_networks_have_their_sizes()
    {
        using var loss = new FaceIdentity(IdentityDesign.Loss, 1);
        using var judge = new FaceIdentity(IdentityDesign.Judge, 1);
        // Convolutions 9·(3·16 + 16·24 + 24·48 + 48² + 48·96 + 96²), norms 2·(16 + 24 + 2·48 + 2·96), head 1536·128 + 128.
        Assert.Equal(159408 + 656 + 196736, loss.ParameterCount);
        // Stem 25·3·32 and norm 64; blocks 9·(a·b + b²) + 4·b + a·b + b of 32-48-96-128; head 256·128 + 128.
        Assert.Equal(2400 + 64 + 36336 + 129504 + 270976 + 32896, judge.ParameterCount);
        using var large = new FaceIdentity(IdentityDesign.LargeJudge, 1);
        // A stem of 24 channels, and a block 24-32 before the others.
        Assert.Equal(judge.ParameterCount - (25 * 3 * 8) - 16 + (9 * ((24 * 32) + (32 * 32))) + (4 * 32) + (24 * 32) + 32,
            large.ParameterCount);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Vectors_are_of_unit_length_and_the_same_each_time(string name)
    {
        using var network = new FaceIdentity(Design(name), 1);
        var frames = FaceScene.Of(network.Size)[0];
        var vectors = network.Embed(frames);
        Assert.Equal(frames.Length, vectors.Length);
        Assert.All(vectors, vector =>
        {
            Assert.Equal(network.Length, vector.Length);
            Assert.Equal(1, vector.Sum(value => (double)value * value), 1e-5);
        });
        Assert.Equal(vectors, network.Embed(frames));
        Assert.NotEqual(vectors[0], vectors[1]);
        using var other = new FaceIdentity(Design(name), 2);
        Assert.NotEqual(vectors[0], other.Embed(frames)[0]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Weights_are_read_back_as_they_were(string name)
    {
        using var network = new FaceIdentity(Design(name), 1);
        var frames = FaceScene.Of(network.Size)[0];
        network.Save(file, new Dictionary<string, string> { ["licence"] = "x" });
        using var read = FaceIdentities.Load(network.Design.Kind, file);
        Assert.Equal(("x", Hashes.OfFile(file)), (read.Metadata["licence"], read.Sha256));
        Assert.Equal(network.Embed(frames), read.Embed(frames));
        network.Save(file, new Dictionary<string, string>(), half: true);
        using var half = FaceIdentity.Load(file);
        // 16-bit weights turn the vector by less than about a degree.
        Assert.InRange(FaceRetrieval.Cosine(network.Embed(frames)[0], half.Embed(frames)[0]), 0.9998, 1.0001);
    }

    [Fact]
    public void Weights_of_another_network_or_none_are_refused()
    {
        using var loss = new FaceIdentity(IdentityDesign.Loss, 1);
        loss.Save(file, new Dictionary<string, string>());
        Assert.Contains("must never have been used in a loss",
            Assert.Throws<UserErrorException>(() => FaceIdentities.Load("identity-judge", file)).Message, StringComparison.Ordinal);
        var tensors = SafetensorsFile.Read(file).Tensors.Values.ToArray();
        SafetensorsFile.Write(file, tensors,
            new Dictionary<string, string> { ["kind"] = "forensicheads-identity", ["network"] = "identity-judge-64" });
        Assert.Contains("lacks the tensor", Assert.Throws<UserErrorException>(() => FaceIdentity.Load(file)).Message,
            StringComparison.Ordinal);
        SafetensorsFile.Write(file, tensors, new Dictionary<string, string> { ["kind"] = "forensicheads-identity", ["network"] = "vgg" });
        Assert.Contains("'vgg'", Assert.Throws<UserErrorException>(() => FaceIdentity.Load(file)).Message, StringComparison.Ordinal);
        SafetensorsFile.Write(file, tensors, new Dictionary<string, string>());
        Assert.Contains("holds no face-identity network", Assert.Throws<UserErrorException>(() => FaceIdentity.Load(file)).Message,
            StringComparison.Ordinal);
        File.WriteAllText(file, "nothing");
        Assert.Throws<UserErrorException>(() => FaceIdentity.Load(file));
    }

    [Fact]
    public void The_judge_sees_nothing_of_the_background()
    {
        using var judge = new FaceIdentity(IdentityDesign.Judge, 1);
        using var loss = new FaceIdentity(IdentityDesign.Loss, 1);
        var frame = FaceScene.Shots[0][0];
        var elsewhere = Painted(frame, insideRegion: false);
        Assert.Equal(judge.Embed([frame])[0], judge.Embed([elsewhere])[0]);
        Assert.NotEqual(loss.Embed([frame])[0], loss.Embed([elsewhere])[0]);
        Assert.NotEqual(judge.Embed([frame])[0], judge.Embed([Painted(frame, insideRegion: true)])[0]);
    }

    [Fact]
    public void The_region_holds_every_landmark_and_the_forehead_but_not_the_corners()
    {
        var landmarks = FaceScene.Shots[0][0].Landmarks;
        var inside = HeadRegion.Inside(landmarks, 64, 64);
        bool At(double x, double y) => inside[((int)Math.Round(y) * 64) + (int)Math.Round(x)];
        // A point of the outline may round outwards.
        Assert.All(Enumerable.Range(17, 51), i => Assert.True(At(landmarks[i].X, landmarks[i].Y)));
        var (x, y) = FaceAlignment.Mean(landmarks, 17, 26);
        Assert.True(At(x, y - (0.4 * (landmarks[8].Y - y))));
        Assert.All(new[] { (0, 0), (63, 0), (0, 63), (63, 63) }, corner => Assert.False(At(corner.Item1, corner.Item2)));
    }

    [Fact]
    public void A_judge_is_of_either_size_and_takes_no_smaller_frames()
    {
        using var large = new FaceIdentity(IdentityDesign.LargeJudge, 1);
        large.Save(file, new Dictionary<string, string>());
        using var read = FaceIdentities.Load(IdentityDesign.Judge.Kind, file);
        Assert.Equal(("identity-judge-128", 128), (read.Name, read.Size));
        Assert.Contains("128 px or more",
            Assert.Throws<UserErrorException>(() => read.Embed(FaceScene.Shots[0])).Message, StringComparison.Ordinal);
        Assert.Contains("no identity-loss for frames of 128 px",
            Assert.Throws<UserErrorException>(() => IdentityDesign.Find("identity-loss", 128)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Frames_that_cannot_be_seen_are_refused()
    {
        using var judge = new FaceIdentity(IdentityDesign.Judge, 1);
        var frame = FaceScene.Shots[0][0];
        Assert.Contains("32×32",
            Assert.Throws<UserErrorException>(() => judge.Embed([new Shot(new RgbImage(32, 32), frame.Landmarks)])).Message,
            StringComparison.Ordinal);
        Assert.Contains("span no face",
            Assert.Throws<UserErrorException>(() => judge.Embed([frame with { Landmarks = new Landmarks68(new float[136]) }])).Message,
            StringComparison.Ordinal);
        Assert.Contains("not finite",
            Assert.Throws<UserErrorException>(() =>
                judge.Embed([frame with { Landmarks = new Landmarks68([.. Enumerable.Repeat(float.NaN, 136)]) }])).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_short_training_lowers_the_loss_and_tells_three_people_apart(string name)
    {
        using var training = new IdentityTraining(Design(name), 1);
        var losses = new List<double>();
        training.Learn(FaceScene.Data(0, training.Network.Size), 40, 12, 1, (_, loss) =>
            losses.Add(loss), CancellationToken.None);
        Assert.InRange(losses.TakeLast(5).Average() / losses.Take(5).Average(), 0, 0.4);
        var measured = training.Measure(FaceScene.Data(1, training.Network.Size));
        Assert.Equal((3, 12), (measured["people"], measured["queries"]));
        Assert.InRange(measured["retrieval_top1"], 0.9, 1);
    }

    [Fact]
    public void The_same_seed_learns_the_same_bytes()
    {
        string Learn()
        {
            using var training = new IdentityTraining(IdentityDesign.Judge, 3);
            training.Learn(FaceScene.Data(0), 3, 6, 3, null, CancellationToken.None);
            training.Save(file, new Dictionary<string, string>(), half: false);
            return Hashes.OfFile(file);
        }

        Assert.Equal(Learn(), Learn());
    }

    [Fact]
    public void One_person_is_too_few()
    {
        using var training = new IdentityTraining(IdentityDesign.Judge, 1);
        var data = new FaceVideos(64, [[FaceScene.Shots[0][0].Image.Pixels]], [[FaceScene.Shots[0][0].Landmarks]], "hash");
        Assert.Contains("1 people",
            Assert.Throws<UserErrorException>(() =>
                training.Learn(data, 1, 8, 1, null, CancellationToken.None)).Message, StringComparison.Ordinal);
        Assert.Contains("two or more held-out people", Assert.Throws<UserErrorException>(() => training.Measure(data)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void The_margin_softmax_is_the_one_worked_out_by_hand()
    {
        // One person is found at once, the other is at equal cosines, √½, but for the margin.
        var half = (float)Math.Sqrt(0.5);
        var first = tensor(new[] { 1f, 0, half, half }, [2, 2]);
        var second = tensor(new[] { 1f, 0, 0, 1 }, [2, 2]);
        var (s, m) = (MarginSoftmax.Scale, 0.05);
        var rows = Math.Log(1 + Math.Exp(-s * (1 - m))) + Math.Log(1 + Math.Exp(s * m));
        var columns = Math.Log(1 + Math.Exp(s * (half - 1 + m))) + Math.Log(1 + Math.Exp(s * (0 - half + m)));
        Assert.Equal((rows + columns) / 4, MarginSoftmax.Of(first, second, m).item<float>(), 1e-5);
    }

    [Fact]
    public void Retrieval_takes_the_highest_cosine()
    {
        float[][] gallery = [FaceRetrieval.Mean([[1, 0], [0, 1]]), [0, 1]];
        Assert.Equal(Math.Sqrt(0.5), gallery[0][0], 1e-6);
        Assert.Equal(0, FaceRetrieval.Nearest(gallery, [1, 0]));
        Assert.Equal(1, FaceRetrieval.Nearest(gallery, [-0.6f, 0.8f]));
    }

    private static Shot Painted(Shot frame, bool insideRegion)
    {
        var region = HeadRegion.Inside(frame.Landmarks, 64, 64);
        var image = frame.Image.Clone();
        for (var i = 0; i < region.Length; i++)
        {
            if (region[i] == insideRegion) image.Pixels[3 * i] = (byte)(255 - image.Pixels[3 * i]);
        }

        return frame with { Image = image };
    }

    private static IdentityDesign Design(string name) => IdentityDesign.All.Single(design => design.Name == name);
}
