using ForensicHeads.Testing;
using TorchSharp;

namespace ForensicHeads.Generator.Tests.Training;

/// <summary>The generator on a device that is not the CPU.</summary>
[Collection(nameof(Alone))]
public sealed class DeviceTests : IDisposable
{
    // Losses of the first steps; later ones drift apart as rounding does.
    private const double Near = 1e-2;

    private readonly FaceVideos data = TinyScene.Data(2, 6);
    private readonly string folder = Path.Combine(Path.GetTempPath(), $"forensicheads-{Guid.NewGuid():N}");
    private readonly DisposeScope scope = torch.NewDisposeScope();

    public void Dispose()
    {
        scope.Dispose();
        if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Three_steps_of_meta_learning_give_the_losses_of_the_CPU(bool unusual)
    {
        var options = !unusual ? TinyScene.Options : TinyScene.Options with
        {
            Content = "random-vgg",
            VideoSpectralNorm = true,
            MatchingTeachesVideos = true,
            GeneratorBeta1 = 0.5,
            AdversarialFrom = 1,
        };
        var (expected, actual) = (Losses(options, Compute.Cpu), Losses(options, LazyDevice.Compute));
        // Adam divides a gradient by its size, and so makes much of rounding: step by step they part.
        LazyDevice.AssertNear(expected[..5], actual[..5], 1e-4);
        LazyDevice.AssertNear(expected, actual, Near);
    }

    [Fact]
    public void In_bfloat16_the_losses_are_near_those_of_float32_and_not_the_same()
    {
        var (exact, coarse) = (Losses(TinyScene.Options, Compute.Cpu), Losses(TinyScene.Options, Compute.Choose("cpu", Precision.Bf16)));
        // bfloat16 has 8 bits of mantissa: 1 part in 256.
        LazyDevice.AssertNear(exact.Take(5), coarse.Take(5), 2e-2);
        Assert.NotEqual(exact[0], coarse[0]);
        // The switch is off again: the same bytes as before.
        Assert.Equal(exact, Losses(TinyScene.Options, Compute.Cpu));
    }

    [Theory]
    [InlineData(null, 3)]
    [InlineData(1, 2)]
    public void A_step_that_is_not_measured_waits_for_nothing_of_the_device(int? microBatch, int steps)
    {
        using var weights = new GeneratorWeights(TinyScene.Preset, 1).To(LazyDevice.Compute);
        using var learner = new MetaLearner(weights, data.Videos, TinyScene.Options with { MicroBatch = microBatch });
        var told = new List<float[]>();
        using var unread = new UnreadSteps<int>((_, numbers) => told.Add(numbers));
        var before = TensorNumbers.Reads;
        for (var step = 0; step < steps; step++)
        {
            using var inner = torch.NewDisposeScope();
            using var batch = Batch(step, weights);
            unread.Add(step, learner.LearnUnread(batch).Scalars);
            LazyDevice.Settle();
        }

        Assert.Equal(0, TensorNumbers.Reads - before);
        unread.Read();
        Assert.Equal(1, TensorNumbers.Reads - before);
        Assert.Equal(steps, told.Count);
    }

    [Fact]
    public void A_tensor_of_another_device_in_a_step_is_refused()
    {
        using var weights = new GeneratorWeights(TinyScene.Preset, 1).To(LazyDevice.Compute);
        using var learner = new MetaLearner(weights, data.Videos, TinyScene.Options);
        using var batch = Batch(0, weights);
        learner.Learn(batch);
        using var stray = batch.Target.cpu();
        Assert.ThrowsAny<Exception>(() => learner.Learn(batch with { Target = stray }));
    }

    [Fact]
    public async Task A_run_is_stopped_on_one_device_and_goes_on_on_another()
    {
        var whole = await RunAsync("whole", Compute.Cpu, resume: false);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync("moved", LazyDevice.Compute, resume: false, stop: 1));
        var warnings = new List<string>();
        var moved = await RunAsync("moved", Compute.Cpu, resume: true, warnings: warnings);
        // libtorch's number of the lazy device has no name in TorchSharp.
        Assert.Contains("device 17:0, now cpu", Assert.Single(warnings), StringComparison.Ordinal);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync("back", Compute.Cpu, resume: false, stop: 5));
        var back = await RunAsync("back", LazyDevice.Compute, resume: true);
        LazyDevice.AssertNear(Figures("whole"), Figures("moved"), Near);
        LazyDevice.AssertNear(Figures("whole"), Figures("back"), Near);
        using var expected = GeneratorWeights.Load(whole);
        foreach (var path in new[] { moved, back })
        {
            using var actual = GeneratorWeights.Load(path);
            LazyDevice.AssertNear(expected.MeanEmbedding!.Select(value => (double)value),
                actual.MeanEmbedding!.Select(value => (double)value), 1e-2);
        }
    }

    [Theory]
    [InlineData(Mode.Ff, "laplacian")]
    [InlineData(Mode.Ft, "random-vgg")]
    public void Heads_are_made_and_rendered_there_as_on_the_CPU(Mode mode, string content)
    {
        var options = new AdaptOptions { Mode = mode, Updates = 2, Batch = 2, Content = content, KeepBest = true };
        var (expected, actual) = (Frames(Compute.Cpu), Frames(LazyDevice.Compute));
        // Grey levels: a value may round the other way.
        Assert.InRange(expected.Zip(actual, TinyScene.Difference).Max(), 0, 0.05);

        RgbImage[] Frames(Compute compute)
        {
            using var weights = new GeneratorWeights(TinyScene.Preset, 1).To(compute);
            var head = (NetworkHead)new FewShotGenerator(weights, options) { Compute = compute }
                .Adapt(TinyScene.Shots(0, 3), new StopAt(null, new CancellationTokenSource()), CancellationToken.None);
            using (head)
            {
                Assert.Equal(compute.Device.type, head.Adaptive.device_type);
                return head.Render([TinyScene.Face(4), TinyScene.Face(5)]);
            }
        }
    }

    [Fact]
    public void The_auto_encoder_and_the_decoders_learn_there_as_on_the_CPU()
    {
        LazyDevice.AssertNear(Learnt(new FrameAutoEncoder(TinyScene.Preset, 1), data, Compute.Cpu),
            Learnt(new FrameAutoEncoder(TinyScene.Preset, 1), data, LazyDevice.Compute), Near);
        var large = FaceVideosOf64();
        LazyDevice.AssertNear(Learnt(new AlignedDecoders(1), large, Compute.Cpu), Learnt(new AlignedDecoders(1), large,
            LazyDevice.Compute), Near);
    }

    [Fact]
    public void The_identity_loss_moves_its_network_to_the_frames()
    {
        using var loss = new IdentityContentLoss(new FaceIdentity(IdentityDesign.Loss, 1));
        var large = FaceVideosOf64();
        var (a, b) = (new RgbImage(64, 64, large.Pixels(0, 0)), new RgbImage(64, 64, large.Pixels(1, 1)));
        double Of(torch.Device device) => loss.Of(FrameTensor.From([a], device), FrameTensor.From([b], device)).ToNumber();
        var expected = Of(torch.CPU);
        LazyDevice.AssertNear([expected, expected], [Of(LazyDevice.Compute.Device), Of(torch.CPU)], Near);
    }

    private static List<double> Learnt(IPlainNetwork network, FaceVideos frames, Compute compute)
    {
        using (network)
        {
            var losses = new List<double>();
            network.To(compute);
            network.Learn(frames, 2, 2, 1, (_, loss) => losses.Add(loss), CancellationToken.None);
            return losses;
        }
    }

    private static FaceVideos FaceVideosOf64()
    {
        var pixels = Enumerable.Range(0, 2).Select(person => Enumerable.Range(0, 3).Select(frame =>
            new ProceduralVideo(ProceduralPerson.Create(7, person), 0, 7).Render(frame, 64).Image.Pixels).ToArray());
        return new FaceVideos(64, [.. pixels], [.. Enumerable.Repeat(Enumerable.Range(0, 3).Select(TinyScene.Face).ToArray(), 2)], "64");
    }

    private EpisodeBatch Batch(int step, GeneratorWeights weights) =>
        EpisodeFrames.Read(data, new EpisodeSampler(data, 2, 2, 1).Draw(step)).ToBatch(weights.Device);

    // Content, the other terms, D's loss, the spread of ê and the measures, of three steps.
    private List<double> Losses(TrainOptions options, Compute compute)
    {
        // Weights of seed 1 put a value of the random VGG on the corner of a ReLU, where rounding decides.
        using var weights = new GeneratorWeights(TinyScene.Preset, 2).To(compute);
        using var learner = new MetaLearner(weights, data.Videos, options) { Compute = compute, Measures = true };
        var all = new List<double>();
        for (var step = 0; step < 3; step++)
        {
            using var batch = Batch(step, weights);
            var losses = learner.Learn(batch);
            LazyDevice.Settle();
            var m = losses.Measures!;
            double?[] others = [losses.Discriminator, losses.EmbeddingSpread, m.RealScore, m.GeneratedScore, m.Embedder, m.Generator,
                m.Projection, m.Discriminator];
            all.AddRange([.. losses.Terms.Values, .. others.OfType<double>()]);
        }

        return all;
    }

    private async Task<string> RunAsync(string name, Compute compute, bool resume, int? stop = null, List<string>? warnings = null)
    {
        using var weights = new GeneratorWeights(TinyScene.Preset, 1);
        using var source = new CancellationTokenSource();
        return await new MetaTraining(data, weights, TinyScene.Options, new RunFolder(Path.Combine(folder, name)))
        {
            Compute = compute,
            Warn = message => warnings?.Add(message),
        }.RunAsync(resume, new StopAt(stop, source), source.Token);
    }

    private IEnumerable<double> Figures(string name) =>
        System.Text.Json.JsonDocument.Parse(File.ReadLines(Path.Combine(folder, name, RunFolder.StatsName)).Last()).RootElement
            .EnumerateObject().Where(item => item.Value.ValueKind == System.Text.Json.JsonValueKind.Number)
            .Select(item => item.Value.GetDouble());

    private sealed class StopAt(int? step, CancellationTokenSource source) : IProgress<StepProgress>
    {
        public void Report(StepProgress value)
        {
            LazyDevice.Settle();
            if (value.Done == step) source.Cancel();
        }
    }
}
