using ForensicHeads.Neural.Networks;

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

    /// <summary>E.</summary>
    public Embedder Embedder { get; }

    /// <summary>G.</summary>
    public Neural.Networks.Generator Generator { get; }

    /// <summary>P.</summary>
    public Projection Projection { get; }

    /// <summary>D.</summary>
    public Discriminator Discriminator { get; }
}
