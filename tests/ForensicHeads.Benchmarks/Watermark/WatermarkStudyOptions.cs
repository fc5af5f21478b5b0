using System.Globalization;

namespace ForensicHeads.Benchmarks.Watermark;

/// <summary>Size of the study.</summary>
internal sealed record WatermarkStudyOptions
{
    /// <summary>Exported clips, each of another person. Default 200.</summary>
    public int Clips { get; init; } = 200;

    /// <summary>Frames of an exported clip. Default 32.</summary>
    public int Frames { get; init; } = 32;

    /// <summary>Unmarked clips of 3 to 8 frames. Default 5,000.</summary>
    public int Unmarked { get; init; } = 5000;

    /// <summary>A store whose frames serve as unmarked clips; null renders people.</summary>
    public string? Store { get; init; }

    /// <summary>Whether unmarked clips pass through H.264 as the marked ones do, or are reduced to half size only. Default true.</summary>
    public bool Codec { get; init; } = true;

    /// <summary>Weights of the exported heads, by shipped name or path. Default <c>heads-64</c>.</summary>
    public string Weights { get; init; } = "heads-64";

    /// <summary>Seed of people and clips. Default 1.</summary>
    public long Seed { get; init; } = 1;

    /// <summary>Reads <c>--clips N --frames N --unmarked N --store STORE --codec yes|no --weights W --seed N</c>.</summary>
    public static WatermarkStudyOptions Parse(string[] args)
    {
        var options = new WatermarkStudyOptions();
        for (var i = 0; i < args.Length; i += 2)
        {
            var value = i + 1 < args.Length ? args[i + 1] : throw new UserErrorException($"{args[i]} needs a value.", exitCode: 2);
            options = args[i] switch
            {
                "--clips" => options with { Clips = Number() },
                "--frames" => options with { Frames = Number() },
                "--unmarked" => options with { Unmarked = Number() },
                "--store" => options with { Store = value },
                "--codec" => options with { Codec = value == "yes" },
                "--weights" => options with { Weights = value },
                "--seed" => options with { Seed = Number() },
                _ => throw new UserErrorException(
                    $"{args[i]} is none of --clips, --frames, --unmarked, --store, --codec, --weights, --seed.", exitCode: 2),
            };

            int Number() =>
                int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
                : throw new UserErrorException($"{args[i]} is '{value}'; give a whole number.", exitCode: 2);
        }

        return options;
    }
}
