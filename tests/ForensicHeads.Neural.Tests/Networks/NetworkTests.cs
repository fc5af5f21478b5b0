using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Neural.Tests.Networks;

public sealed class NetworkTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void The_generators_frames_have_the_presets_size_and_stay_in_range()
    {
        var net = new Neural.Networks.Generator(Tiny.Preset);
        using var parameters = new NetworkParameters(net.Layout, 1, "g");
        var frames = net.Forward(Tiny.Random("y", 2, 3, 32, 32), Tiny.Random("psi", 2, net.Slots.Length),
            parameters.Bind(learn: false, advance: false));
        Assert.Equal([2, 3, 32, 32], frames.shape);
        Assert.InRange(frames.abs().max().item<float>(), 0.01f, 1);
    }

    [Fact]
    public void A_persons_vector_is_the_mean_over_the_shots()
    {
        var net = new Embedder(Tiny.Preset);
        using var parameters = new NetworkParameters(net.Layout, 1, "e");
        var bound = parameters.Bind(learn: false, advance: false);
        var shots = Tiny.Random("shots", 6, 6, 32, 32);
        var each = net.Forward(shots, bound);
        Assert.Equal([6, 16], each.shape);
        var expected = stack([each.narrow(0, 0, 3).mean([0L]), each.narrow(0, 3, 3).mean([0L])]);
        Assert.InRange(Tiny.Distance(expected, net.Average(shots, 3, bound)), 0, 1e-5f * each.abs().max().item<float>());
    }

    [Fact]
    public void The_score_is_the_inner_product_without_a_squash()
    {
        // Trap 2: a sigmoid under the hinge loss; scores must be able to leave 0 … 1.
        var net = new Discriminator(Tiny.Preset);
        using var parameters = new NetworkParameters(net.Layout, 1, "d");
        var bound = parameters.Bind(learn: false, advance: false);
        var (vectors, own) = (Tiny.Random("v", 3, 16) * 10, Tiny.Random("w", 3, 16));
        var w0 = net.GeneralVector(bound).ToArray();
        // Spectral norm makes a single vector's length one.
        Assert.Equal(1, Math.Sqrt(w0.Sum(value => value * value)), 1e-4);
        var scores = net.Score(vectors, own, bound).ToArray();
        var (v, w) = (vectors.ToArray(), own.ToArray());
        for (var m = 0; m < 3; m++)
        {
            var expected = Enumerable.Range(0, 16).Sum(i => v[(m * 16) + i] * ((double)w[(m * 16) + i] + w0[i]));
            Assert.Equal(expected, scores[m], 1e-3);
        }

        Assert.Contains(scores, score => Math.Abs(score) > 1);
        Assert.InRange(Tiny.Distance(net.ScoreOwn(vectors, own + net.GeneralVector(bound), bound), net.Score(vectors, own, bound)), 0,
            1e-3f);
    }

    [Fact]
    public void Every_block_of_the_discriminator_is_there_to_be_matched()
    {
        var net = new Discriminator(Tiny.Preset);
        using var parameters = new NetworkParameters(net.Layout, 1, "d");
        var features = net.Features(Tiny.Random("x", 1, 6, 32, 32), parameters.Bind(learn: false, advance: false));
        Assert.Equal([16L, 8L, 8L], features.Blocks.Select(block => block.shape[2]));
        Assert.Equal([1, 16], features.Vectors.shape);
    }

    [Fact]
    public void The_projections_scales_start_at_one_and_its_biases_at_zero()
    {
        var net = new Neural.Networks.Generator(Tiny.Preset);
        var projection = new Projection(Tiny.Preset, net.Slots);
        using var parameters = new NetworkParameters(projection.Layout, 1, "p");
        projection.StartScalesAtOne(parameters);
        var psi = projection.Forward(zeros(1, 16), parameters.Bind(learn: false, advance: false)).ToArray();
        foreach (var (offset, channels) in net.Slots.Slots)
        {
            Assert.All(psi.Skip((int)offset).Take((int)channels), value => Assert.Equal(0, value));
            Assert.All(psi.Skip((int)(offset + channels)).Take((int)channels), value => Assert.Equal(1, value));
        }
    }
}
