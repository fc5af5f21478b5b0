using Google.Protobuf;

namespace ForensicHeads.Neural.Onnx;

/// <summary>A network as an ONNX file.</summary>
/// <param name="Bytes">The file: self-contained, float32, with a free batch axis.</param>
/// <param name="MultiplyAdds">Multiply-adds of its convolutions and matrix products for one item of the batch.</param>
public sealed record OnnxModel(byte[] Bytes, long MultiplyAdds)
{
    /// <summary>The <c>metadata_props</c> of a file, without loading its network.</summary>
    /// <exception cref="UserErrorException">No such file, or not an ONNX file.</exception>
    public static IReadOnlyDictionary<string, string> ReadMetadata(string path)
    {
        try
        {
            using var stream = PlainFile.Open(path);
            var found = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var entry in global::Onnx.ModelProto.Parser.ParseFrom(stream).MetadataProps) found[entry.Key] = entry.Value;
            return found;
        }
        catch (InvalidProtocolBufferException error)
        {
            throw new UserErrorException($"{path} is not a usable ONNX file: {error.Message.TrimEnd('.')}. Make it again.", inner: error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException($"Cannot read {path}: {error.Message.TrimEnd('.')}. Check the path.", inner: error);
        }
    }
}
