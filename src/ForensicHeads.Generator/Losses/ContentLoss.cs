using static TorchSharp.torch;

namespace ForensicHeads.Generator.Losses;

/// <summary>L_CNT: how far a generated frame is from the true one.</summary>
public interface IContentLoss : IDisposable
{
    /// <summary>Name for options and reports.</summary>
    string Name { get; }

    /// <summary>A scalar from two batches float32[N, 3, S, S] in −1…1: a mean over the frames, once its scales are given.</summary>
    /// <param name="generated">x̂.</param>
    /// <param name="truth">x.</param>
    /// <param name="scales">Mean of <see cref="Scales"/> over a batch of which these frames are a part; null where they are all of
    /// it.</param>
    Tensor Of(Tensor generated, Tensor truth, Tensor? scales = null);

    /// <summary>What the loss divides by, float32[n], means over the true frames; null where it divides by nothing of theirs.</summary>
    Tensor? Scales(Tensor truth) => null;
}

/// <summary>How a content loss is made.</summary>
/// <param name="Name">For options and reports.</param>
/// <param name="Make">Makes it: from the options, and from where networks lie.</param>
public sealed record ContentLossEntry(string Name, Func<ContentLossSetting, ContentLossFiles, IContentLoss> Make) : INamed
{
    /// <summary>Refuses a loss that cannot be made, without reading its networks; nothing where it needs none.</summary>
    public Action<ContentLossFiles> Require { get; init; } = static _ => { };
}

/// <summary>What options say of a content loss.</summary>
/// <param name="Seed">Seed of random weights.</param>
/// <param name="Vgg19Weight">Weight of VGG19 inside <c>vgg</c>; the ICCV version's by default.</param>
/// <param name="VggFaceWeight">Weight of VGGFace inside <c>vgg</c>; the ICCV version's by default.</param>
public readonly record struct ContentLossSetting(long Seed, double Vgg19Weight = 1.5e-1, double VggFaceWeight = 2.5e-2);

/// <summary>The catalogue of content losses.</summary>
public static class ContentLosses
{
    /// <summary>Every content loss.</summary>
    public static Catalogue<ContentLossEntry> All { get; } = new(
        "content loss",
        new ContentLossEntry("laplacian", (_, _) => new LaplacianContentLoss()),
        new ContentLossEntry("random-vgg", (setting, _) => new RandomVggContentLoss(setting.Seed)),
        new ContentLossEntry("identity", (_, files) => new IdentityContentLoss(IdentityFile(files)))
        {
            Require = files => IdentityFile(files),
        },
        new ContentLossEntry("vgg", (setting, files) => VggContentLoss.Load(files.Models, setting.Vgg19Weight, setting.VggFaceWeight))
        {
            Require = files => VggContentLoss.Require(files.Models),
        });

    /// <summary>Refuses a loss that cannot be made, without reading its networks: for the start of a long run.</summary>
    /// <inheritdoc cref="ByName"/>
    public static void Require(string name, ContentLossFiles? files) => All.ByName(name).Require(files ?? ContentLossFiles.None);

    /// <summary>Makes the loss of that name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="setting">Seed and weights.</param>
    /// <param name="files">Where the networks lie; null for none.</param>
    /// <exception cref="UserErrorException">Unknown name, or its network is missing.</exception>
    public static IContentLoss ByName(string name, ContentLossSetting setting, ContentLossFiles? files = null) =>
        All.ByName(name).Make(setting, files ?? ContentLossFiles.None);

    private static string IdentityFile(ContentLossFiles files) => files.Identity ?? throw new UserErrorException(
        "The content loss 'identity' needs the weights of identity-loss-64, and none were named here. Use laplacian or random-vgg.", 2);
}

/// <summary>L_CNT as a term of the objective.</summary>
internal sealed record ContentTerm(IContentLoss Loss) : ILossTerm
{
    public const string Key = "content";

    public string Name => Key;

    public Tensor? Of(LossStep step) => Loss.Of(step.Generated, step.Truth, step.ContentScales);
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
