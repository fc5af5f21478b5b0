namespace ForensicHeads.Generator.Output;

/// <summary>A person's head that videos, pictures and stores are made of: one of ours, or a program of others with its shots.</summary>
public interface IDrivenHead : IDisposable
{
    /// <summary>Whom it shows, from which shots, on what consent.</summary>
    HeadOrigin Origin { get; }

    /// <summary>SHA-256 of all that its frames depend on besides the driver.</summary>
    string Sha256 { get; }

    /// <summary>Name in the <c>generator</c> column.</summary>
    string Generator { get; }

    /// <summary>Its version, where it has one of its own.</summary>
    string? GeneratorVersion => null;

    /// <summary>What its weights may be used for, in a line; null where the toolkit's own licence says it.</summary>
    string? GeneratorLicence => null;

    /// <summary>Renders every frame of the driver, in order, as they are asked for.</summary>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    IEnumerable<DrivenFrame> Render(DriverVideo driver, IProgress<StepProgress>? progress, CancellationToken cancellation);
}
