namespace ForensicHeads.Reporting.Results;

/// <summary>The controls beside a number; null where one was not run.</summary>
public sealed record Controls
{
    /// <summary>Labels exchanged within people.</summary>
    public ControlResult? LabelShuffle { get; init; }

    /// <summary>Only what the container and tables say.</summary>
    public ControlResult? MetadataOnly { get; init; }

    /// <summary>True frames through the generator's output path.</summary>
    public ControlResult? Passthrough { get; init; }

    /// <summary>Only pixels outside the face.</summary>
    public ControlResult? BackgroundOnly { get; init; }

    /// <summary>Seven global statistics of the picture.</summary>
    public ControlResult? TrivialPixels { get; init; }

    /// <summary>Only container facts.</summary>
    public ControlResult? ContainerOnly { get; init; }

    /// <summary>One grey level added to one class: must be caught.</summary>
    public ControlResult? PlantedOffset { get; init; }

    /// <summary>A field planted in the metadata of one class: must be caught.</summary>
    public ControlResult? PlantedField { get; init; }

    /// <summary>The controls that were run, by the name they have in results.json, gates first.</summary>
    public IEnumerable<(string Name, ControlResult Result)> Run() =>
        new (string Name, ControlResult? Result)[]
        {
            ("passthrough", Passthrough), ("metadata_only", MetadataOnly), ("label_shuffle", LabelShuffle), ("planted_offset", PlantedOffset),
            ("planted_field", PlantedField), ("background_only", BackgroundOnly), ("trivial_pixels", TrivialPixels), ("container_only", ContainerOnly),
        }.Where(control => control.Result is not null).Select(control => (control.Name, control.Result!));
}
