using System.Text.Json;
using System.Text.Json.Nodes;

namespace ForensicHeads.Datasets.Store;

/// <summary>Moves the parts of a store into a writer.</summary>
public static class StoreCopy
{
    /// <summary>Copies a frame with its PNG byte for byte; into a store of smaller frames, reduced by the area filter.</summary>
    /// <exception cref="UserErrorException">It cannot be read, or is not what the store says.</exception>
    public static void Frame(FrameStore store, FrameRecord frame, StoreWriter writer)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(writer);
        if (writer.Size != store.Info.Size)
        {
            var (record, picture) = Reduced(store, frame, writer.Size);
            writer.Add(record, picture);
            return;
        }

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

    /// <summary>A frame and its picture at a size; as they are where that is the store's own.</summary>
    /// <param name="store">The store.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="size">Side in pixels.</param>
    public static (FrameRecord Record, RgbImage Picture) Reduced(FrameStore store, FrameRecord frame, int size)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(frame);
        return (frame with { Landmarks = frame.Landmarks.Resize(store.Info.Size, size) },
            ImageResize.Area(store.ReadImage(frame), size, size));
    }

    internal static JsonNode? ParseSidecar(FrameStore store, string name, string text)
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
