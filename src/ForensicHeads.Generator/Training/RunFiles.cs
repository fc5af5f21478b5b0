using System.Text.Json;

namespace ForensicHeads.Generator.Training;

/// <summary>Tells the files that a training wrote from others that lie in its folder: by what they hold, not by their names
/// alone.</summary>
public static class RunFiles
{
    private static readonly string[] Kinds = [GeneratorWeights.Kind, RunFolder.CheckpointKind];

    /// <summary>Names of the files of a run, below its folder with forward slashes, in ordinal order.</summary>
    public static IReadOnlyList<string> Confirmed(string folder)
    {
        return [.. FolderEntry.Below(folder).Where(entry => entry.Kind == FileKind.Plain && IsOurs(folder, entry.Name))
            .Select(entry => entry.Name)];
    }

    private static bool IsOurs(string folder, string name)
    {
        try
        {
            return name switch
            {
                RunFolder.OptionsName => RunRecord.Find(folder) is not null,
                RunFolder.LockName => PlainFile.ReadBytes(folder, name, most: 0).Length == 0,
                RunFolder.StatsName => IsLog<StepFigures>(folder, name, figures => figures.HoldsNumbers),
                RunFolder.TimingsName => IsLog<StepTimes>(folder, name, _ => true),
                RunFolder.WeightsName or "weights-half.safetensors" or "weights-compact.safetensors" => IsNetwork(folder, name),
                _ when name.StartsWith("checkpoints/", StringComparison.Ordinal) => IsNetwork(folder, name),
                _ when name.StartsWith(EventFile.Prefix, StringComparison.Ordinal) => EventFile.IsWhole(folder, name),
                _ when name.StartsWith("samples/", StringComparison.Ordinal) => IsMarked(folder, name),
                _ => false,
            };
        }
        catch (Exception error)
            when (error is UserErrorException or JsonException or IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static bool IsLog<T>(string folder, string name, Func<T, bool> isOurs) =>
        PlainFile.ReadLines(folder, name).All(line => JsonSerializer.Deserialize<T>(line, CanonicalJson.Line) is { } read && isOurs(read));

    private static bool IsNetwork(string folder, string name) =>
        Kinds.Contains(SafetensorsFile.Read(folder, name).Metadata.GetValueOrDefault("kind"));

    private static bool IsMarked(string folder, string name)
    {
        using var stream = PlainFile.Open(folder, name);
        return PngXmp.Find(stream) is { } packet
            && XmpPacket.Read(packet)?.CreatorTool?.StartsWith(Provenance.Toolkit, StringComparison.Ordinal) == true;
    }
}
