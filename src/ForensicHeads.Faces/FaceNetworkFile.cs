namespace ForensicHeads.Faces;

/// <summary>How the face networks lie in files: one network each, its kind and name in the metadata.</summary>
/// <param name="prefix">Prefix of the tensors, and the end of the kind.</param>
/// <param name="what">What it is in words.</param>
/// <param name="network">The name by which <c>train --network</c> makes one.</param>
internal sealed class FaceNetworkFile(string prefix, string what, string network)
{
    private string Kind => $"forensicheads-{prefix}";

    /// <summary>Writes the weights.</summary>
    public void Write(string path, string name, NetworkParameters parameters, IReadOnlyDictionary<string, string> metadata, bool half) =>
        SafetensorsFile.Write(path, [.. NetworkFile.Export(prefix, parameters, half)],
            new Dictionary<string, string>(metadata) { ["kind"] = Kind, ["network"] = name });

    /// <summary>Reads a file of this kind.</summary>
    /// <exception cref="UserErrorException">Missing, damaged or of another kind.</exception>
    public SafetensorsContent Read(string path)
    {
        var content = SafetensorsFile.Read(path);
        if (content.Metadata.GetValueOrDefault("kind") == Kind) return content;
        throw new UserErrorException(
            $"{path} holds no {what} (kind '{content.Metadata.GetValueOrDefault("kind", "none")}'). Train one with 'train --network "
            + $"{network}'.");
    }

    /// <summary>Fills a network with what was read, or disposes of it.</summary>
    /// <exception cref="UserErrorException">A tensor is missing or has another shape.</exception>
    public T Fill<T>(T empty, Func<T, NetworkParameters> parameters, SafetensorsContent content, string path)
        where T : IDisposable
    {
        try
        {
            NetworkFile.Import(prefix, parameters(empty), content, path);
            return empty;
        }
        catch
        {
            empty.Dispose();
            throw;
        }
    }
}

/// <summary>What frames the face networks take.</summary>
internal static class FrameSize
{
    /// <summary>Frames must be square and large enough; they are reduced, never enlarged.</summary>
    /// <exception cref="UserErrorException">This one is not.</exception>
    public static void Check(RgbImage frame, string network, int least)
    {
        if (frame.Width == frame.Height && frame.Width >= least) return;
        throw new UserErrorException(
            $"A frame is {frame.Width}×{frame.Height}; {network} takes square ones of {least} px or more. "
            + $"Make the store with --size {least} or more.");
    }
}
