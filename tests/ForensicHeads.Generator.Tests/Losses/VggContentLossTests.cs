using TorchSharp;
using static TorchSharp.torch;

namespace ForensicHeads.Generator.Tests.Losses;

public sealed class VggContentLossTests : IDisposable
{
    // One channel a layer: small enough to work out by hand.
    private static readonly VggLayers Tiny = new("tiny", [(1, 1), (1, 1), (1, 1), (1, 1), (1, 1)], [10, 20, 30]);
    private readonly DisposeScope scope = NewDisposeScope();

    public void Dispose() => scope.Dispose();

    [Fact]
    public void Frames_become_what_Caffe_models_take()
    {
        // Red −1, green 0, blue 1 are 0, 127.5 and 255.
        var frame = tensor(new[] { -1f, 0f, 1f }).view(1, 3, 1, 1);
        var caffe = VggFeatures.ToCaffe(frame, VggLayers.Vgg19.Means).flatten().ToArray();
        Assert.Equal([255 - 103.939f, 127.5f - 116.779f, -123.68f], caffe, (a, b) => Math.Abs(a - b) < 1e-4);
    }

    [Fact]
    public void The_loss_of_flat_frames_is_the_one_worked_out_by_hand()
    {
        // B, G, R of the true frame: 117.5, 107.5, 97.5. First layer B + 2 G + 3 R = 625; the made frame's red is 0.2 · 127.5 = 25.5
        // higher, its feature 76.5. Each further layer halves the difference: 76.5 · (1 + 1/2 + 1/4 + 1/8 + 1/16) = 148.21875.
        using var loss = new VggContentLoss(Network(0), 1.5e-1, Network(0), 2.5e-2);
        var (truth, made) = (zeros(1, 3, 16, 16), zeros(1, 3, 16, 16));
        made[TensorIndex.Colon, 0].fill_(0.2);
        Assert.Equal(148.21875 * 0.175, loss.Of(made, truth).item<float>(), 1e-3);
        Assert.Equal(0, loss.Of(truth, truth).item<float>());
    }

    [Fact]
    public void What_a_ReLU_cuts_off_does_not_count()
    {
        // A bias of −650 leaves nothing of 625 and 51.5 of 701.5.
        using var loss = new VggContentLoss(Network(-650), 1, Network(0), 0);
        var (truth, made) = (zeros(1, 3, 16, 16), zeros(1, 3, 16, 16));
        made[TensorIndex.Colon, 0].fill_(0.2);
        Assert.Equal(51.5 * 1.9375, loss.Of(made, truth).item<float>(), 1e-3);
    }

    [Fact]
    public void The_gradient_reaches_the_made_frame_alone()
    {
        using var loss = new VggContentLoss(Network(0), 1, Network(0), 1);
        var (truth, made) = (zeros(1, 3, 16, 16).requires_grad_(true), full([1, 3, 16, 16], 0.2f).requires_grad_(true));
        loss.Of(made, truth).backward();
        Assert.Null(truth.grad);
        Assert.True(made.grad!.abs().min().item<float>() > 0);
    }

    [Fact]
    public void The_published_networks_have_their_layers()
    {
        Assert.Equal(13, VggLayers.Vgg19.Convolutions().Count());
        Assert.Equal(11, VggLayers.VggFace.Convolutions().Count());
        foreach (var layers in new[] { VggLayers.Vgg19, VggLayers.VggFace })
        {
            Assert.Equal(["conv1_1", "conv2_1", "conv3_1", "conv4_1", "conv5_1"],
                layers.Convolutions().Where(layer => layer.IsFeature).Select(layer => layer.Name));
            Assert.Equal(["conv2_1", "conv3_1", "conv4_1", "conv5_1"],
                layers.Convolutions().Where(layer => layer.PoolsFirst).Select(layer => layer.Name));
            Assert.Equal([512, 512, 3, 3], layers.Convolutions().Last().Shape);
        }
    }

    [Fact]
    public void Without_the_files_the_message_names_them()
    {
        var error = Assert.Throws<UserErrorException>(() => VggContentLoss.Load(Path.GetTempPath(), 1, 1));
        Assert.Contains("vgg19.safetensors", error.Message, StringComparison.Ordinal);
        Assert.Throws<UserErrorException>(() => ContentLosses.ByName("vgg", new(1), new ContentLossFiles()));
        // The check ahead of a run says the same, and lets the losses pass that need no file.
        Assert.Equal(error.Message,
            Assert.Throws<UserErrorException>(() =>
                ContentLosses.Require("vgg", new ContentLossFiles { Models = Path.GetTempPath() })).Message);
        Assert.Throws<UserErrorException>(() => ContentLosses.Require("identity", new ContentLossFiles()));
        Assert.Throws<UserErrorException>(() => ContentLosses.Require("pixels", new ContentLossFiles()));
        ContentLosses.Require("laplacian", null);
    }

    [Fact]
    public void Weights_in_torchvisions_scaling_are_refused()
    {
        var content =
            new SafetensorsContent(new Dictionary<string, NamedTensor> { ["features.0.weight"] = new("features.0.weight", [1], [0]) },
            new Dictionary<string, string>());
        Assert.Contains("torchvision",
            Assert.Throws<UserErrorException>(() => new VggFeatures(VggLayers.Vgg19, content, "vgg19.safetensors")).Message,
            StringComparison.Ordinal);
    }

    private static VggFeatures Network(float firstBias)
    {
        var tensors = new Dictionary<string, NamedTensor>();
        foreach (var (name, shape, _, _) in Tiny.Convolutions())
        {
            var weight = new float[shape[1] * 9];
            if (shape[1] == 3) (weight[4], weight[13], weight[22]) = (1, 2, 3);
            else weight[4] = 0.5f;
            tensors[$"{name}.weight"] = new NamedTensor($"{name}.weight", shape, weight);
            tensors[$"{name}.bias"] = new NamedTensor($"{name}.bias", [1], [name == "conv1_1" ? firstBias : 0]);
        }

        return new VggFeatures(Tiny, new SafetensorsContent(tensors, new Dictionary<string, string>()), "tiny.safetensors");
    }
}
