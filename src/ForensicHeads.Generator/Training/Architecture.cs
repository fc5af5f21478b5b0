namespace ForensicHeads.Generator.Training;

/// <summary>The wiring of the four networks of a preset; holds no values.</summary>
public sealed class Architecture
{
    /// <summary>Wires the networks of a preset.</summary>
    /// <exception cref="Foundation.UserErrorException">The preset's sizes do not fit together.</exception>
    public Architecture(NetworkPreset preset)
    {
        preset.Validated();
        Embedder = new Embedder(preset);
        Generator = new Neural.Networks.Generator(preset);
        Projection = new Projection(preset, Generator.Slots);
        Discriminator = new Discriminator(preset);
    }

    /// <summary>Wires the networks of a preset that stands in a file: one that does not fit is the file's fault, not the command
    /// line's.</summary>
    /// <param name="preset">The preset.</param>
    /// <param name="file">The file, for the message.</param>
    /// <exception cref="Foundation.UserErrorException">The preset's sizes do not fit together.</exception>
    internal static Architecture Of(NetworkPreset preset, string file)
    {
        try
        {
            return new Architecture(preset);
        }
        catch (Foundation.UserErrorException error)
        {
            throw new Foundation.UserErrorException($"{file}: {error.Message}", inner: error);
        }
    }

    /// <summary>E.</summary>
    public Embedder Embedder { get; }

    /// <summary>G.</summary>
    public Neural.Networks.Generator Generator { get; }

    /// <summary>P.</summary>
    public Projection Projection { get; }

    /// <summary>D.</summary>
    public Discriminator Discriminator { get; }
}
