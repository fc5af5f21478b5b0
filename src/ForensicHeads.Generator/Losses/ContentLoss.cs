using static TorchSharp.torch;

namespace ForensicHeads.Generator.Losses;

/// <summary>L_CNT: how far a generated frame is from the true one.</summary>
public interface IContentLoss : IDisposable
{
    /// <summary>Name for options and reports.</summary>
    string Name { get; }

    /// <summary>A scalar from two batches float32[N, 3, S, S] in −1…1.</summary>
    Tensor Of(Tensor generated, Tensor truth);
}

/// <summary>The content losses by name.</summary>
public static class ContentLosses
{
    /// <summary>Refuses a loss that cannot be made, without reading its networks: for the start of a long run.</summary>
    /// <inheritdoc cref="ByName"/>
    public static void Require(string name, ContentLossFiles? files)
    {
        if (name == "vgg") VggContentLoss.Require(files?.Models);
        else if (name == "identity") IdentityFile(files);
        else ByName(name, seed: 0, files).Dispose();
    }

    /// <summary>Makes the loss of that name: <c>laplacian</c>, <c>random-vgg</c>, <c>identity</c> or <c>vgg</c>.</summary>
    /// <param name="name">The name.</param>
    /// <param name="seed">Seed of random weights.</param>
    /// <param name="files">Where the networks lie; null for none.</param>
    /// <param name="vgg19Weight">Weight of VGG19 inside <c>vgg</c>; the ICCV version's by default.</param>
    /// <param name="vggFaceWeight">Weight of VGGFace inside <c>vgg</c>; the ICCV version's by default.</param>
    /// <exception cref="Foundation.UserErrorException">Unknown name, or its network is missing.</exception>
    public static IContentLoss ByName(string name, long seed, ContentLossFiles? files = null, double vgg19Weight = 1.5e-1,
        double vggFaceWeight = 2.5e-2) => name switch
        {
            "laplacian" => new LaplacianContentLoss(),
            "random-vgg" => new RandomVggContentLoss(seed),
            "identity" => new IdentityContentLoss(IdentityFile(files)),
            "vgg" => VggContentLoss.Load(files?.Models, vgg19Weight, vggFaceWeight),
            _ => throw new Foundation.UserErrorException(
                $"There is no content loss '{name}'. Use laplacian, random-vgg, identity or vgg.", exitCode: 2),
        };

    private static string IdentityFile(ContentLossFiles? files) =>
        files?.Identity
            ?? throw new Foundation.UserErrorException(
                "The content loss 'identity' needs the weights of identity-loss-64, and none were named here. Use laplacian or random-vgg.",
            exitCode: 2);
}

/// <summary>L_CNT as a term of the objective.</summary>
internal sealed record ContentTerm(IContentLoss Loss, double Weight) : ILossTerm
{
    public const string Key = "content";

    public string Name => Key;

    public Tensor? Of(LossStep step) => Loss.Of(step.Generated, step.Truth);
}

/// <summary>Where the networks of content losses lie on this machine; no part of the options, which must not depend on it.</summary>
public sealed record ContentLossFiles
{
    /// <summary>None: only the losses without a network can be made.</summary>
    public static ContentLossFiles None { get; } = new();

    /// <summary>Weights of <see cref="Faces.IdentityDesign.Loss"/> for <c>identity</c>, or null.</summary>
    public string? Identity { get; init; }

    /// <summary>The folder that holds <c>vgg19.safetensors</c> and <c>vggface.safetensors</c> for <c>vgg</c>, or null.</summary>
    public string? Models { get; init; }
}
