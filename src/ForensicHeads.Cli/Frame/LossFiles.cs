using ForensicHeads.Experiments.Configuration;
using ForensicHeads.Generator.Losses;
using ForensicHeads.Media;

namespace ForensicHeads.Cli.Frame;

/// <summary>Where the networks of content losses lie: what is shipped, and what the user put into a model folder.</summary>
internal static class LossFiles
{
    /// <summary>Looks into the folders that the face models are looked for in; the first that holds VGG19 counts, else the first for the message.</summary>
    /// <param name="folder">The folder of <c>--models</c>, or null.</param>
    public static ContentLossFiles In(string? folder)
    {
        var folders = ModelRegistry.Folders(folder);
        return ShippedFaces.ContentLoss with { Models = folders.FirstOrDefault(place => File.Exists(Path.Combine(place, $"{VggLayers.Vgg19.Name}.safetensors"))) ?? folders[0] };
    }
}
