using TorchSharp;

namespace ForensicHeads.Generator.Tests.Training;

public sealed class MicroBatchTests
{
    // Rounding of sums in float32, as a share of a tensor's largest value.
    private const double Near = 1e-5;

    // Adam with a tiny epsilon makes a full step of a gradient that is nothing but rounding.
    private static readonly TrainOptions Smooth = TinyScene.Options with { DiscriminatorEpsilon = 1e-2 };

    private readonly FaceVideos data = TinyScene.Data(3, 6);

    public static TheoryData<TrainOptions> Kinds => new(
        Smooth,
        // Every further piece: the match teaches W, which is normed; a content loss that divides by a mean over the batch.
        Smooth with
        {
            Content = "random-vgg",
            DiscriminatorUpdates = 2,
            MatchingTeachesVideos = true,
            MatchingReduction = MatchingReduction.Sum,
            VideoSpectralNorm = true,
            GeneratorBeta1 = 0,
        },
        Smooth with { DiscriminatorUpdates = 0 });

    [Theory]
    [MemberData(nameof(Kinds), DisableDiscoveryEnumeration = true)]
    public void A_step_in_parts_is_the_step_of_the_whole_batch_but_for_rounding(TrainOptions kind)
    {
        // Three videos in four episodes: one comes twice, in two parts.
        var whole = Step(kind with { Batch = 4 });
        foreach (var size in new[] { 2, 1 })
        {
            var parts = Step(kind with { Batch = 4, MicroBatch = size });
            Assert.Equal(whole.Keys, parts.Keys);
            foreach (var (name, expected) in whole)
            {
                var scale = Math.Max(1e-6, expected.Max(Math.Abs));
                var apart = expected.Zip(parts[name], (a, b) => Math.Abs(a - b)).Max() / scale;
                Assert.True(apart < Near, $"{name} in parts of {size}: {apart:E1}");
            }
        }
    }

    [Theory]
    [InlineData(3)]
    [InlineData(0)]
    [InlineData(8)]
    public void A_part_divides_the_batch(int size)
    {
        var error = Assert.Throws<UserErrorException>(() => (TinyScene.Options with { Batch = 4, MicroBatch = size }).Validated());
        Assert.Contains($"a micro-batch of {size}; allowed is a divisor of the batch of 4", error.Message, StringComparison.Ordinal);
    }

    // Gradients before the updates of E, G and P, which would make a full step of mere rounding, too; then losses, measures, W with its
    // optimiser, every u, and D.
    private Dictionary<string, double[]> Step(TrainOptions options)
    {
        using var weights = new GeneratorWeights(TinyScene.Preset, 1);
        var all = new Dictionary<string, double[]>();
        using var learner = new MetaLearner(weights, data.Videos, options)
        {
            Measures = true,
            GradientProbe = () =>
            {
                foreach (var (name, parameters) in weights.Networks) if (parameters.Values.grad is { } gradient)
                    all[$"gradient of {name}"] = Doubles(gradient);
            },
        };
        using var batch = EpisodeFrames.Read(data, new EpisodeSampler(data, 4, 2, 1).Draw(0)).ToBatch(torch.CPU);
        var losses = learner.Learn(batch);
        foreach (var (name, value) in losses.Terms) all[name] = [value];
        var m = losses.Measures!;
        double?[] figures = [losses.Discriminator, losses.EmbeddingSpread, m.RealScore, m.GeneratedScore, m.Embedder, m.Generator,
            m.Projection, m.Discriminator];
        for (var i = 0; i < figures.Length; i++) if (figures[i] is { } value) all[$"figure {i}"] = [value];
        foreach (var (name, tensor) in learner.State.Tensors) all[name] = Doubles(tensor);
        foreach (var (name, parameters) in weights.Networks) all[$"u of {name}"] = Doubles(parameters.Spectral);
        all["discriminator"] = Doubles(weights.Discriminator.Values);
        return all;
    }

    private static double[] Doubles(torch.Tensor tensor) => Array.ConvertAll(tensor.ToArray(), value => (double)value);
}
