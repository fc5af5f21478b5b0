using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Generator.Tests.Training;

public sealed class VideoVectorsTests : IDisposable
{
    private const int Videos = 4, Length = 3;
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void A_row_starts_at_the_vector_of_its_first_episode_and_keeps_what_it_learnt()
    {
        using var w = Make(spectralNorm: false);
        var batch = BatchVideos.Of([2, 0, 2], CPU);
        var first = arange(9, dtype: ScalarType.Float32).view(3, 3);
        w.Start(batch, first);
        Assert.Equal([0, 1, 2, 3, 4, 5, 0, 1, 2], w.Rows(batch, w.Leaf(batch)).flatten().ToArray());
        w.Start(batch, first + 100);
        Assert.Equal([0, 1, 2, 3, 4, 5, 0, 1, 2], w.Rows(batch, w.Leaf(batch)).flatten().ToArray());
    }

    [Fact]
    public void Only_the_rows_of_the_batch_learn_and_a_video_met_twice_learns_from_both_episodes()
    {
        using var w = Make(spectralNorm: false);
        var batch = BatchVideos.Of([2, 0, 2], CPU);
        w.Start(BatchVideos.Of([0, 1, 2, 3], CPU), ones(Videos, Length));
        var leaf = w.Leaf(batch);
        w.Rows(batch, leaf).sum().backward();
        Assert.Equal([2, 2, 2, 1, 1, 1], leaf.grad!.flatten().ToArray());
        w.Step(batch, leaf, 0.5);
        var all = w.Leaf(BatchVideos.Of([0, 1, 2, 3], CPU));
        Assert.All(all[1].ToArray().Concat(all[3].ToArray()), value => Assert.Equal(1, value));
        Assert.All(all[0].ToArray().Concat(all[2].ToArray()), value => Assert.Equal(0.5, value, 1e-4));
    }

    [Fact]
    public void Under_spectral_norm_the_largest_singular_value_is_one_and_its_gradient_is_that_of_the_quotient()
    {
        using var w = Make(spectralNorm: true);
        var all = BatchVideos.Of([0, 1, 2, 3], CPU);
        var values = Values(7);
        w.Start(all, values);
        for (var i = 0; i < 50; i++) w.Advance();
        var leaf = w.Leaf(all);
        var rows = w.Rows(all, leaf);
        Assert.Equal(1, linalg.norm(rows, 2).item<float>(), 1e-4);

        // All rows are in the batch, so the gradient is that of the whole matrix divided by its norm.
        var weights = Values(8);
        (rows * weights).sum().backward();
        var direct = values.clone().requires_grad_(true);
        ((direct / linalg.norm(direct, 2)) * weights).sum().backward();
        Assert.True((leaf.grad! - direct.grad!).abs().max().item<float>() < 1e-4);
    }

    private static Tensor Values(int seed)
    {
        var random = new SeededRandom(seed, "videos");
        return tensor(Enumerable.Range(0, Videos * Length).Select(_ => (float)random.Gaussian()).ToArray(), [Videos, Length]);
    }

    private static VideoVectors Make(bool spectralNorm) => new(Videos, Length, CPU, new AdamOptions(), spectralNorm);
}
