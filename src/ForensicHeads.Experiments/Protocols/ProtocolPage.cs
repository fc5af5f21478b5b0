namespace ForensicHeads.Experiments.Protocols;

/// <summary>The page of a finished protocol.</summary>
public static class ProtocolPage
{
    /// <summary>Writes report.html and figures/ beside results.json.</summary>
    /// <param name="folder">The protocol's folder.</param>
    /// <param name="document">What <see cref="ProtocolRun.Execute"/> gave back.</param>
    /// <param name="command">The command that makes it again.</param>
    /// <returns>The path of report.html.</returns>
    /// <exception cref="UserErrorException">The folder cannot be written.</exception>
    public static string Write(string folder, object document, string command)
    {
        var facts = new ProtocolFacts(command, ExperimentEnvironment.Facts());
        return document switch
        {
            GeneralisationResults results => ProtocolWriter.Write(folder, results, facts),
            CrossResults results => ProtocolWriter.Write(folder, results, facts),
            _ => throw new ArgumentException($"{document.GetType().Name} is no result of a protocol.", nameof(document)),
        };
    }
}
