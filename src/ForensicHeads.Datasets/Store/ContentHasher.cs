using System.Security.Cryptography;

namespace ForensicHeads.Datasets.Store;

/// <summary>SHA-256 over all frames in the order of their keys: every column but the place in the shards, and the picture's own
/// hash.</summary>
/// <remarks>Where a picture lies is no content: the same frames in other shards, or added in another order, give the same hash.</remarks>
internal static class ContentHasher
{
    /// <param name="frames">By key, ordinal.</param>
    public static string Of(IEnumerable<(FrameRecord Record, string PngSha256)> frames) => Of(frames.Select(frame =>
    {
        using var buffer = new MemoryStream(1024);
        using var writer = new BinaryWriter(buffer);
        Write(writer, frame.Record, frame.PngSha256);
        return (ReadOnlyMemory<byte>)buffer.GetBuffer().AsMemory(0, (int)buffer.Length);
    }));

    /// <param name="frames">What <see cref="Write"/> makes of each, by key, ordinal.</param>
    public static string Of(IEnumerable<ReadOnlyMemory<byte>> frames)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var frame in frames) hash.AppendData(frame.Span);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>Writes a row, but for the place of its picture.</summary>
    public static void Write(BinaryWriter writer, FrameRecord r, string png)
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

    /// <summary>The row that <see cref="Write"/> wrote, to the end of the stream.</summary>
    public static FrameRecord Read(BinaryReader reader)
    {
        var texts = Array.ConvertAll(new string?[14], _ => reader.ReadBoolean() ? reader.ReadString() : null);
        var numbers = Array.ConvertAll(new int?[8], _ => reader.ReadBoolean() ? reader.ReadInt32() : (int?)null);
        var time = reader.ReadDouble();
        var reals = Array.ConvertAll(new float[5], _ => reader.ReadSingle());
        var (isNear, distance) = (reader.ReadBoolean(), reader.ReadSingle());
        var row = new FrameRecord
        {
            Key = texts[0]!,
            Identity = texts[2]!,
            Video = texts[3]!,
            SourceSha256 = texts[4]!,
            SourceCodec = texts[5]!,
            Licence = texts[6]!,
            Group = texts[7]!,
            Status = texts[8]!,
            Origin = new FrameOrigin
            {
                Label = OriginText.LabelOf(texts[9])!.Value,
                Generator = texts[10],
                Mode = OriginText.ModeOf(texts[12]),
                Shots = numbers[5],
                Draw = numbers[6],
            },
            WeightsSha256 = texts[11],
            DriverVideo = texts[13],
            Track = numbers[0]!.Value,
            FrameNumber = numbers[1]!.Value,
            SourceWidth = numbers[2]!.Value,
            SourceHeight = numbers[3]!.Value,
            MayGenerate = numbers[4] == 1,
            DriverFrame = numbers[7],
            TimeS = time,
            LandmarkConfidence = reals[0],
            CropX = reals[1],
            CropY = reals[2],
            CropW = reals[3],
            CropH = reals[4],
            NearestShotDistance = isNear ? distance : null,
            Landmarks = new Landmarks68(Array.ConvertAll(new float[2 * Landmarks68.Count], _ => reader.ReadSingle())),
        };
        while (reader.BaseStream.Position < reader.BaseStream.Length)
        {
            var column = reader.ReadString();
            row = SaidColumn.All.First(one => one.Name == column).With(row, reader.ReadString());
        }

        return row;
    }
}
