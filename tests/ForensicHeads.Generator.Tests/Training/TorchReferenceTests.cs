using System.Globalization;
using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Generator.Tests.Training;

/// <summary>Networks, losses, gradients and training against plain PyTorch: <c>tests/reference/talking_heads.py</c>.</summary>
/// <remarks>Both sides fill all tensors by one formula of their names, so the golden file holds results only.</remarks>
public sealed class TorchReferenceTests
{
    private const int Batch = 2;
    private const int Shots = 2;
    private const int Videos = 3;
    private const int Steps = 10;
    private const double Relative = 1e-4;

    // In the order of the golden file.
    private static readonly string[] LossNames = ["content", "adversarial", "feature matching", "embedding match", "discriminator's"];

    // In the larger network rounding puts a few ReLUs and absolute values on the other side of their kink: the reference's own gradients in
    // float32 and in float64 are up to 1.3e-2 apart there (below 1e-3 in the small one).
    private const double Kinks = 2e-2;

    private static readonly NetworkPreset Attention = NetworkPreset.Heads64
        with
    { Name = "parity-attention", MinChannels = 8, MaxChannels = 32, Embedding = 32, GeneratorResidual = 2, SelfAttention = true };
    private static readonly TrainOptions Options = new()
    {
        DiscriminatorUpdates = 2,
        GeneratorRate = 2e-5,
        DiscriminatorRate = 2e-5,
        GeneratorBeta1 = 0,
        DiscriminatorEpsilon = 1e-5,
        DecayShare = 0,
    };

    // The constant of D's score, so that both halves of the hinge have gradients: filled weights alone give scores far above 1.
    private static readonly Dictionary<string, double> ScoreStart = new() { [Attention.Name] = -108.5, ["heads-64"] = -569.9 };

    private static readonly Lazy<IReadOnlyDictionary<string, NamedTensor>> Golden = new(Load);

    public static TheoryData<string> Trained { get; } = new("parity-attention", "heads-64");

    [Theory]
    [InlineData("parity-attention")]
    [InlineData("heads-64")]
    [InlineData("paper-256")]
    public void Every_network_computes_what_the_reference_computes(string preset)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var weights = Filled(preset);
        var (episodes, shots) = preset == "paper-256" ? (1, 1) : (Batch, Shots);
        var (embedding, psi, frame, vectors) = Forward(weights, episodes, shots);
        Near($"{preset}/embedding", embedding);
        Near($"{preset}/psi", psi);
        Near($"{preset}/frame", frame);
        Near($"{preset}/vectors", vectors);
        var bound = weights.Discriminator.Bind(learn: false, advance: false);
        // The constant takes most of a score away, not its rounding.
        Near(Golden.Value[$"{preset}/score"].Values, weights.Architecture.Discriminator.Score(vectors, embedding, bound).ToArray(),
            $"{preset}/score", Relative, 1e-6 * Math.Abs(ScoreStart.GetValueOrDefault(preset)));
    }

    [Fact]
    public void One_altered_layer_is_noticed()
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var weights = Filled("parity-attention");
        // The scale and the shift of the last adaptive norm exchanged.
        var layout = weights.Architecture.Projection.Layout;
        var bias = layout.Entries.Single(entry => entry.Name == "linear.bias");
        var (offset, channels) = weights.Architecture.Generator.Slots.Slots[^1];
        var slot = weights.Projection.Values.narrow(0, bias.Offset + offset, 2 * channels);
        slot.copy_(slot.roll(channels, 0L).clone());
        var frame = Forward(weights, Batch, Shots).Frame;
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => Near("parity-attention/frame", frame));
    }

    [Theory]
    [MemberData(nameof(Trained))]
    public void Every_gradient_of_the_first_step_is_the_references(string preset)
    {
        using var scope = NewDisposeScope();
        using var weights = Filled(preset);
        var nets = weights.Architecture;
        using var batch = BatchOf(weights.Preset.Size, 0);
        var (embedder, generator, projection) =
            (weights.Embedder.Bind(true, true), weights.Generator.Bind(true, true), weights.Projection.Bind(true, true));
        var embedding = nets.Embedder.Average(batch.Shots, Shots, embedder);
        var generated = nets.Generator.Forward(batch.TargetLandmarks, nets.Projection.Forward(embedding, projection), generator);

        var rows = embedding.detach().clone().requires_grad_(true);
        var bound = weights.Discriminator.Bind(true, true);
        var features = nets.Discriminator.Features(
            cat([cat([batch.Target, generated.detach()], 0), cat([batch.TargetLandmarks, batch.TargetLandmarks], 0)], 1), bound);
        var scores = nets.Discriminator.Score(features.Vectors, cat([rows, rows], 0), bound);
        AdversarialLoss.Hinge(scores.narrow(0, 0, Batch), scores.narrow(0, Batch, Batch)).backward();
        Gradients(preset, "discriminator", weights.Discriminator);
        Near($"{preset}/gradient/videos", rows.grad!);
    }

    [Theory]
    [MemberData(nameof(Trained))]
    public void The_gradients_of_the_generators_side_are_the_references(string preset)
    {
        using var scope = NewDisposeScope();
        using var weights = Filled(preset);
        // Behind a D that does not move: Adam's first step is almost the gradient's sign, which rounding turns.
        using var learner = new MetaLearner(weights, Videos, Options with { DiscriminatorRate = 1e-12 })
        {
            GradientProbe = () =>
            {
                foreach (var (name, parameters) in weights.Networks.Where(entry => entry.Name != "discriminator")) Gradients(preset, name,
            parameters);
            }
        };
        using var batch = BatchOf(weights.Preset.Size, 0);
        learner.Learn(batch);
    }

    [Theory]
    [MemberData(nameof(Trained))]
    public void Ten_steps_of_all_networks_together_have_the_references_losses(string preset)
    {
        using var scope = NewDisposeScope();
        using var weights = Filled(preset);
        using var learner = new MetaLearner(weights, Videos, Options);
        var found = new List<double>();
        for (var step = 0; step < Steps; step++)
        {
            using var batch = BatchOf(weights.Preset.Size, step);
            var losses = learner.Learn(batch);
            found.AddRange([.. losses.Terms.Values, losses.Discriminator!.Value]);
        }

        NearLosses(preset, [.. found]);
    }

    [Theory]
    [InlineData("the matching loss read as 0", 3, 0)]
    [InlineData("feature matching summed over the five blocks", 2, 5)]
    [InlineData("the content loss half a percent off", 0, 1.005)]
    public void A_loss_that_is_read_wrongly_is_noticed(string what, int column, double factor)
    {
        foreach (var preset in new[] { Attention.Name, "heads-64" })
        {
            var found = Golden.Value[$"{preset}/losses"].Values.Select(
                (value, i) => value * (i % LossNames.Length == column ? factor : 1.0)).ToArray();
            Assert.True(Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => NearLosses(preset, found)).Message.Contains(
                LossNames[column], StringComparison.Ordinal), what);
        }
    }

    [Theory]
    [MemberData(nameof(Trained))]
    public void Both_halves_of_the_hinge_have_gradients(string preset)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var weights = Filled(preset);
        using var batch = BatchOf(weights.Preset.Size, 0);
        var nets = weights.Architecture;
        var embedding = nets.Embedder.Average(batch.Shots, Shots, weights.Embedder.Bind(learn: false, advance: true));
        var made = nets.Generator
            .Forward(batch.TargetLandmarks, nets.Projection.Forward(embedding, weights.Projection.Bind(learn: false, advance: true)),
            weights.Generator.Bind(learn: false, advance: true));
        var bound = weights.Discriminator.Bind(learn: false, advance: true);
        float[] ScoresOf(Tensor frames) =>
            nets.Discriminator.Score(nets.Discriminator.Features(cat([frames, batch.TargetLandmarks], 1), bound).Vectors, embedding, bound)
            .ToArray();
        Assert.Contains(ScoresOf(batch.Target), score => score < 1);
        Assert.Contains(ScoresOf(made), score => score > -1);
    }

    private static (Tensor Embedding, Tensor Psi, Tensor Frame, Tensor Vectors) Forward(GeneratorWeights weights, int episodes, int shots)
    {
        var nets = weights.Architecture;
        using var batch = BatchOf(weights.Preset.Size, 0);
        var embedding =
            nets.Embedder.Average(batch.Shots.narrow(0, 0, episodes * shots), shots, weights.Embedder.Bind(learn: false, advance: true));
        var psi = nets.Projection.Forward(embedding, weights.Projection.Bind(learn: false, advance: true));
        var landmarks = batch.TargetLandmarks.narrow(0, 0, episodes);
        var frame = nets.Generator.Forward(landmarks, psi, weights.Generator.Bind(learn: false, advance: true));
        var vectors = nets.Discriminator.Features(cat([batch.Target.narrow(0, 0, episodes), landmarks], 1),
            weights.Discriminator.Bind(learn: false, advance: true)).Vectors;
        return (embedding, psi, frame, vectors);
    }

    private static GeneratorWeights Filled(string preset)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var weights = new GeneratorWeights(preset == Attention.Name ? Attention : NetworkPreset.ByName(preset), 0);
        foreach (var (network, parameters) in weights.Networks)
        {
            foreach (var entry in parameters.Layout.Entries)
            {
                var name = $"{network}/{entry.Name}";
                var isNormScale = entry.Initial == Initial.Ones;
                var isGamma = entry.Name.EndsWith("gamma", StringComparison.Ordinal);
                var deviation = entry.Initial == Initial.He ? Math.Sqrt(2.0 / (entry.Length / entry.Shape[0])) : isGamma ? 0 : 0.1;
                var start = isNormScale ? 1 : isGamma ? 0.5 : name == "discriminator/w0.bias" ? ScoreStart.GetValueOrDefault(preset) : 0;
                parameters.Values.narrow(0, entry.Offset,
                    entry.Length).copy_(tensor(Array.ConvertAll(Noise(name, entry.Length), value => (float)(start + (deviation * value)))));
                if (entry.SpectralOffset < 0) continue;
                var u = Noise($"{name}.u", entry.Shape[0]);
                var norm = Math.Sqrt(u.Sum(value => value * value));
                parameters.Spectral.narrow(0, entry.SpectralOffset,
                    entry.Shape[0]).copy_(tensor(Array.ConvertAll(u, value => (float)(value / norm))));
            }
        }

        return weights;
    }

    private static EpisodeBatch BatchOf(int size, int step) => new(
        [step % Videos, (step + 1) % Videos], Picture($"shots/{step}", Batch * Shots, 6, size, size),
            Picture($"target/{step}", Batch, 3, size, size), Picture($"landmarks/{step}", Batch, 3, size, size));

    private static Tensor Picture(string name, params long[] shape) =>
        tensor(Array.ConvertAll(Noise(name, shape.Aggregate(1L, (product, side) => product * side)), value =>
            (float)(0.5 * value))).view(shape);

    // Uniform in (−√3, √3): the usual sine hash.
    private static double[] Noise(string name, long count)
    {
        var c = name.Select((letter, k) => (long)letter * (k + 1)).Sum() % 10007 * 0.001;
        var result = new double[count];
        for (var i = 0; i < count; i++)
        {
            var x = Math.Sin((i * 12.9898) + c) * 43758.5453;
            result[i] = ((2 * (x - Math.Floor(x))) - 1) * Math.Sqrt(3);
        }

        return result;
    }

    private static void Gradients(string preset, string network, NetworkParameters parameters)
    {
        using var scope = NewDisposeScope();
        var gradient = parameters.Values.grad!;
        // A bias before an instance norm has no gradient but rounding: differences count against the whole network's, too.
        var rounding = 1e-6 * gradient.norm().item<float>();
        foreach (var entry in parameters.Layout.Entries)
        {
            var part = gradient.narrow(0, entry.Offset, entry.Length);
            var picks = Enumerable.Range(0, 8).Select(k => k * (entry.Length - 1) / 7).ToArray();
            float[] found = [part.norm().item<float>(), .. part.index_select(0, tensor(picks)).ToArray()];
            var name = $"{preset}/gradient/{network}/{entry.Name}";
            Near(Golden.Value[name].Values, found, name, preset == Attention.Name ? 1e-3 : Kinks, rounding);
        }
    }

    // Each loss in the scale of its own: the adversarial one is a hundred times the others.
    private static void NearLosses(string preset, double[] found)
    {
        var expected = Golden.Value[$"{preset}/losses"].Values;
        Assert.Equal(expected.Length, found.Length);
        for (var i = 0; i < found.Length; i++)
        {
            var (step, column) = Math.DivRem(i, LossNames.Length);
            var limit = 1e-3 * expected.Where((_, k) => k % LossNames.Length == column).Max(Math.Abs);
            Assert.True(Math.Abs(expected[i] - found[i]) <= limit,
                string.Create(CultureInfo.InvariantCulture,
                $"{preset}: the {LossNames[column]} loss of step {step} is {found[i]}, the reference's {expected[i]}; allowed difference "
                + $"{limit}."));
        }
    }

    // The norm and at most 2,048 entries at equal distances.
    private static void Near(string name, Tensor values)
    {
        var flat = values.detach().flatten();
        var count = Math.Min(2048, flat.numel());
        var picks = Enumerable.Range(0, (int)count).Select(i => i * (flat.numel() - 1) / Math.Max(1, count - 1)).ToArray();
        Near(Golden.Value[name].Values, [flat.norm().item<float>(), .. flat.index_select(0, tensor(picks)).ToArray()], name, Relative);
    }

    // Differences relative to the largest value: single entries of a sum can cancel to almost nothing.
    private static void Near(float[] expected, float[] found, string what, double relative, double absolute = 0)
    {
        Assert.Equal(expected.Length, found.Length);
        // The first entry of sampled tensors is their norm, in a scale of its own.
        var scale = Math.Max(expected.Skip(1).Select(Math.Abs).DefaultIfEmpty(0).Max(), 1e-6f);
        for (var i = 0; i < expected.Length; i++)
        {
            var limit = absolute + (relative * (i == 0 ? Math.Max(Math.Abs(expected[0]), scale) : scale));
            Assert.True(Math.Abs(expected[i] - found[i]) <= limit,
                FormattableString.Invariant($"{what}[{i}] is {found[i]}, the reference {expected[i]}; allowed difference {limit}."));
        }
    }

    private static IReadOnlyDictionary<string, NamedTensor> Load() =>
        SafetensorsFile.Read(Repository.At("tests/reference/golden/talking_heads.safetensors")).Tensors;
}
