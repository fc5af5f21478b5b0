using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Generator.Tests.Losses;

public sealed class IdentityContentLossTests : IDisposable
{
    private readonly DisposeScope scope = NewDisposeScope();
    private readonly string file = Path.Combine(Path.GetTempPath(), $"forensicheads-{Guid.NewGuid():N}.safetensors");
    private readonly FaceIdentity network = new(IdentityDesign.Loss, 1);
    private readonly IdentityContentLoss loss;

    public IdentityContentLossTests() => loss = new IdentityContentLoss(network);

    public void Dispose()
    {
        loss.Dispose();
        scope.Dispose();
        File.Delete(file);
    }

    [Fact]
    public void Equal_frames_have_no_loss_and_no_gradient()
    {
        var frames = Frames(0);
        var generated = frames.clone().requires_grad_(true);
        var value = loss.Of(generated, frames);
        value.backward();
        Assert.Equal(0, value.item<float>());
        Assert.All(generated.grad!.ToArray(), entry => Assert.Equal(0, entry));
    }

    [Fact]
    public void The_gradient_reaches_the_generated_frame_alone_and_lowers_the_loss()
    {
        var (truth, generated) = (Frames(0).requires_grad_(true), Frames(2).requires_grad_(true));
        var before = loss.Of(generated, truth.detach());
        before.backward();
        var gradient = generated.grad!;
        Assert.True(gradient.abs().sum().item<float>() > 0);
        Assert.Null(network.Parameters.Values.grad);
        loss.Of(generated.detach(), truth).backward();
        // L1 of the Laplacian terms reaches the truth as well, the features do not; the network stays as it is.
        Assert.Null(network.Parameters.Values.grad);
        using var _ = no_grad();
        Assert.True(loss.Of(generated - (0.01 * gradient.sign()), truth).item<float>() < before.item<float>());
    }

    [Fact]
    public void The_distance_is_the_one_worked_out_by_hand()
    {
        Tensor[] target = [tensor(new[] { 1f, -3f }), tensor(new[] { 0f, 0f, 0f, 4f })];
        Tensor[] made = [tensor(new[] { 2f, -3f }), tensor(new[] { 0f, 2f, 0f, 0f })];
        // 0.5 / 2 and 1.5 / 1.
        Assert.Equal(1.75, FeatureDistance.Of(made, target).item<float>(), 1e-6);
        // Features that are dead in the truth are divided by a thousandth, not by nothing.
        Assert.Equal(500, FeatureDistance.Of([tensor(new[] { 1f, 0f })], [zeros(2)]).item<float>(), 1e-2);
    }

    [Fact]
    public void It_is_the_mean_of_the_laplacian_loss_and_of_one_term_a_layer()
    {
        var (x, t) = (Frames(2), Frames(0));
        using var laplacian = new LaplacianContentLoss();
        var bound = network.Parameters.Bind(learn: false, advance: false);
        var (made, target) = (network.Features(x, bound), network.Features(t, bound));
        Assert.Equal([64L, 32, 16, 8], target.Select(map => map.shape[3]));
        var expected = laplacian.Of(x, t).item<float>();
        for (var i = 0; i < 4; i++) expected += (made[i] - target[i]).abs().mean().item<float>() / target[i].abs().mean().item<float>();
        Assert.Equal(expected / 5, loss.Of(x, t).item<float>(), 1e-5);
    }

    [Fact]
    public void Larger_frames_are_averaged_first()
    {
        static Tensor Doubled(Tensor frames) => nn.functional.interpolate(frames, scale_factor: [2, 2], mode: InterpolationMode.Nearest);
        var (x, t) = (Frames(2), Frames(0));
        using var laplacian = new LaplacianContentLoss();
        float Features(Tensor a, Tensor b) => (5 * loss.Of(a, b).item<float>()) - laplacian.Of(a, b).item<float>();
        Assert.Equal(Features(x, t), Features(Doubled(x), Doubled(t)), 1e-4);
        Assert.Contains("96 px", Assert.Throws<UserErrorException>(() => loss.Of(zeros(1, 3, 96, 96), zeros(1, 3, 96, 96))).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void It_is_made_from_a_file_that_is_named_and_holds_the_right_network()
    {
        Assert.Equal(2, Assert.Throws<UserErrorException>(() => ContentLosses.ByName("identity", new(1))).ExitCode);
        network.Save(file, new Dictionary<string, string>());
        using (var made = ContentLosses.ByName("identity", new(1), new ContentLossFiles { Identity = file }))
        {
            Assert.Equal("identity", made.Name);
            Assert.Equal(loss.Of(Frames(2), Frames(0)).item<float>(), made.Of(Frames(2), Frames(0)).item<float>());
        }

        using var judge = new FaceIdentity(IdentityDesign.Judge, 1);
        judge.Save(file, new Dictionary<string, string>());
        Assert.Throws<UserErrorException>(() => ContentLosses.ByName("identity", new(1), new ContentLossFiles { Identity = file }));
    }

    // Two videos a person.
    private static Tensor Frames(int video) =>
        FrameTensor.From([new ProceduralVideo(ProceduralPerson.Create(77, video / 2), video % 2, 77).Render(0, 64).Image], CPU);
}
