using System.Security.Cryptography;
using System.Text;

namespace ForensicHeads.Datasets.Store;

/// <summary>SHA-256 over all frames in the order of their keys: every column but the place in the shards, and the picture's own hash.</summary>
/// <remarks>Where a picture lies is no content: the same frames in other shards, or added in another order, give the same hash.</remarks>
internal static class ContentHasher
{
    /// <param name="frames">By key, ordinal.</param>
    public static string Of(IEnumerable<(FrameRecord Record, string PngSha256)> frames)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var buffer = new MemoryStream();
        using var writer = new BinaryWriter(buffer, Encoding.UTF8);
        foreach (var (record, png) in frames)
        {
            buffer.SetLength(0);
            Write(writer, record, png);
            writer.Flush();
            hash.AppendData(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Write(BinaryWriter writer, FrameRecord r, string png)
    {
        string?[] texts = [r.Key, png, r.IdentityAsWritten, r.Video, r.SourceSha256, r.SourceCodec, r.Licence, r.Group, r.Status,
            r.Origin.Label.Text(), r.Origin.Generator, r.WeightsSha256, r.Origin.Mode?.Text(), r.DriverVideo];
        foreach (var text in texts)
        {
            writer.Write(text is not null);
            if (text is not null) writer.Write(text);
        }

        int?[] numbers =
            [r.Track, r.FrameNumber, r.SourceWidth, r.SourceHeight, r.MayGenerate ? 1 : 0, r.Origin.Shots, r.Origin.Draw, r.DriverFrame];
        foreach (var number in numbers)
        {
            writer.Write(number is not null);
            if (number is not null) writer.Write(number.Value);
        }

        writer.Write(r.TimeS);
        foreach (var value in (float[])[r.LandmarkConfidence, r.CropX, r.CropY, r.CropW, r.CropH]) writer.Write(value);
        writer.Write(r.NearestShotDistance is not null);
        writer.Write(r.NearestShotDistance ?? 0);
        foreach (var value in r.Landmarks.Values) writer.Write(value);
        foreach (var column in SaidColumn.All)
        {
            if (column.Of(r) is not { } text) continue;
            writer.Write(column.Name);
            writer.Write(text);
        }
    }
}
