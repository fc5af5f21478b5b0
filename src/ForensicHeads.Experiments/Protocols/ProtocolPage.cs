namespace ForensicHeads.Experiments.Protocols;

/// <summary>The page of a finished protocol.</summary>
public static class ProtocolPage
{
    /// <summary>Writes report.html and figures/ beside results.json.</summary>
    /// <param name="folder">The protocol's folder.</param>
    /// <param name="document">What <see cref="ProtocolRun.Execute"/> gave back.</param>
    /// <param name="command">The command that makes it again.</param>
    /// <param name="compute">Where, and in which numbers, its networks learnt; null for the CPU in float32.</param>
    /// <param name="card">That card, if any.</param>
    /// <returns>The path of report.html.</returns>
    /// <exception cref="UserErrorException">The folder cannot be written.</exception>
    public static string Write(string folder, object document, string command, Compute? compute = null, NvidiaCard? card = null)
    {
        var facts = new ProtocolFacts(command, ExperimentEnvironment.Facts(compute, card));
        return document switch
        {
            GeneralisationResults results => ProtocolWriter.Write(folder, results, facts),
            CrossResults results => ProtocolWriter.Write(folder, results, facts),
            _ => throw new ArgumentException($"{document.GetType().Name} is no result of a protocol.", nameof(document)),
        };
    }
}
