using System.Text.Json;
using System.Text.Json.Nodes;

namespace ForensicHeads.Datasets.Store;

/// <summary>Moves the parts of a store into a writer.</summary>
internal static class StoreCopy
{
    /// <summary>Copies a frame with its PNG byte for byte.</summary>
    public static void Frame(FrameStore store, FrameRecord frame, StoreWriter writer)
    {
        try
        {
            writer.AddPng(frame, store.ReadPng(frame));
        }
        catch (ArgumentException error)
        {
            throw new UserErrorException($"{store.Path} is damaged: {error.Message.ReplaceLineEndings(" ")} Make the store again.",
                inner: error);
        }
    }

    public static JsonNode? ParseSidecar(FrameStore store, string name, string text)
    {
        try
        {
            return JsonNode.Parse(text);
        }
        catch (JsonException error)
        {
            throw new UserErrorException(
                $"{Path.Combine(store.Path, name)} is not JSON: {error.Describe()} Correct or remove the file.",
                inner: error);
        }
    }
}
