using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Generator.Tests.Losses;

public sealed class LossTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void The_hinge_loss_is_the_one_worked_out_by_hand()
    {
        // Real 2, 0.5, −1: 0 + 0.5 + 2 over 3; generated −3, 0.5: 0 + 1.5 over 2.
        var loss = AdversarialLoss.Hinge(tensor(new[] { 2f, 0.5f, -1f }), tensor(new[] { -3f, 0.5f })).item<float>();
        Assert.Equal((2.5 / 3) + 0.75, loss, 1e-6);
    }

    [Fact]
    public void A_discriminator_that_tells_nothing_apart_has_a_loss_of_two() =>
        Assert.Equal(2, AdversarialLoss.Hinge(zeros(4), zeros(4)).item<float>());

    [Fact]
    public void Feature_matching_is_the_mean_over_blocks_of_mean_differences()
    {
        var real = new DiscriminatorFeatures([tensor(new[] { 1f, 2f }), tensor(new[] { 0f, 0f, 0f })], zeros(1));
        var made = new DiscriminatorFeatures([tensor(new[] { 3f, 1f }), tensor(new[] { 3f, -3f, 0f })], zeros(1));
        // (1.5 + 2) / 2.
        Assert.Equal(1.75, AdversarialLoss.FeatureMatching(real, made).item<float>(), 1e-6);
    }

    [Fact]
    public void Feature_matching_passes_no_gradient_to_the_true_frame()
    {
        var (real, made) = (ones(2).requires_grad_(true), zeros(2).requires_grad_(true));
        AdversarialLoss.FeatureMatching(
            new DiscriminatorFeatures([real], zeros(1)), new DiscriminatorFeatures([made], zeros(1))).backward();
        Assert.Null(real.grad);
        Assert.Equal([-0.5f, -0.5f], made.grad!.ToArray());
    }

    [Fact]
    public void Matching_is_the_mean_over_elements_or_their_sum()
    {
        var (w, e) = (tensor(new[] { 1f, 0f, 0f, 2f }, [2, 2]), tensor(new[] { 0f, 3f, 0f, 4f }, [2, 2]));
        Assert.Equal(1.5, AdversarialLoss.Matching(w, e, MatchingReduction.Mean).item<float>(), 1e-6);
        Assert.Equal(3, AdversarialLoss.Matching(w, e, MatchingReduction.Sum).item<float>(), 1e-6);
    }

    [Theory]
    [InlineData("laplacian")]
    [InlineData("random-vgg")]
    public void A_content_loss_is_zero_for_equal_frames_positive_else_and_grows_with_the_difference(string name)
    {
        using var loss = ContentLosses.ByName(name, new(1));
        Assert.Equal(name, loss.Name);
        var frames = Frames.FrameTensorFor(0);
        var other = Frames.FrameTensorFor(1);
        Assert.Equal(0, loss.Of(frames, frames).item<float>());
        var near = loss.Of(frames + (0.1 * (other - frames)), frames).item<float>();
        var far = loss.Of(other, frames).item<float>();
        Assert.InRange(near, 1e-4f, far / 2);
    }

    [Fact]
    public void A_constant_difference_counts_once_a_scale_and_in_no_band()
    {
        using var loss = new LaplacianContentLoss();
        // Four scales of 0.5, bands zero, over four.
        Assert.Equal(0.5, loss.Of(full(1, 3, 16, 16, 0.5f), zeros(1, 3, 16, 16)).item<float>(), 1e-6);
    }

    [Fact]
    public void A_checkerboard_difference_counts_in_the_first_band_alone()
    {
        using var loss = new LaplacianContentLoss();
        var board = tensor(Enumerable.Range(0, 256).Select(i => ((i + (i / 16)) & 1) == 0 ? 0.5f : -0.5f).ToArray(), [1, 1, 16, 16]);
        // 0.5 + 2 · 0.5, nothing below, over four.
        Assert.Equal(1.5 / 4, loss.Of(board, zeros(1, 1, 16, 16)).item<float>(), 1e-6);
    }

    [Fact]
    public void An_unknown_content_loss_is_wrong_usage() =>
        Assert.Equal(2, Assert.Throws<UserErrorException>(() => ContentLosses.ByName("vgg19", new(1))).ExitCode);

    private static class Frames
    {
        public static Tensor FrameTensorFor(int person) => FrameTensor.From([TinyScene.Picture(person, 0)], CPU);
    }
}
