namespace ForensicHeads.Cli.Tests.Hostile;

/// <summary>One kind of file that may come from strangers.</summary>
/// <param name="Name">What the table calls it.</param>
/// <param name="Seed">A good one.</param>
/// <param name="Try">Puts the bytes where such a file lies and lets the toolkit read it; throws what the toolkit throws, or
/// <see cref="MutantException"/>.</param>
internal sealed record HostileFormat(string Name, byte[] Seed, Func<byte[], Task<MutantOutcome>> Try);

/// <summary>What became of a mutant.</summary>
internal enum MutantOutcome
{
    /// <summary>It was read: the damage did not matter, or could not be seen.</summary>
    Read,

    /// <summary>It was refused, or part of it, with a reason.</summary>
    Refused,
}

/// <summary>A command ended as no command may: with an exit code that is not one of those allowed, or by a defect.</summary>
internal sealed class MutantException(string message, bool wrongCode) : Exception(message)
{
    /// <summary>Whether nothing but the exit code was wrong.</summary>
    public bool WrongCode { get; } = wrongCode;
}
