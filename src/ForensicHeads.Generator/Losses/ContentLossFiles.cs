namespace ForensicHeads.Generator.Losses;

/// <summary>Where the networks of content losses lie on this machine; no part of the options, which must not depend on the machine.</summary>
public sealed record ContentLossFiles
{
    /// <summary>None: only the losses without a network can be made.</summary>
    public static ContentLossFiles None { get; } = new();

    /// <summary>Weights of <see cref="Faces.IdentityDesign.Loss"/> for <c>identity</c>, or null.</summary>
    public string? Identity { get; init; }

    /// <summary>The folder that holds <c>vgg19.safetensors</c> and <c>vggface.safetensors</c> for <c>vgg</c>, or null.</summary>
    public string? Models { get; init; }
}
