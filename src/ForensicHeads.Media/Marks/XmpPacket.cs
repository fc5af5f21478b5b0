using System.Text;
using System.Xml;

namespace ForensicHeads.Media.Marks;

/// <summary>XMP packets (ISO 16684-1) with the two properties that say how a file came to be.</summary>
public static class XmpPacket
{
    /// <summary>Longest packet that is read, in bytes; ours has some 600.</summary>
    public const int MaximumBytes = 1 << 20;

    private const string IptcExtension = "http://iptc.org/std/Iptc4xmpExt/2008-02-29/";
    private const string XmpBasic = "http://ns.adobe.com/xap/1.0/";
    private const string Rdf = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
    private const int MaximumText = 2048;

    /// <summary>A read-only packet in UTF-8; equal facts give equal bytes.</summary>
    public static byte[] Write(XmpFacts facts)
    {
        ArgumentNullException.ThrowIfNull(facts);
        var text = new StringBuilder("<?xpacket begin=\"\uFEFF\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n");
        var settings = new XmlWriterSettings { OmitXmlDeclaration = true, Indent = true, IndentChars = " ", NewLineChars = "\n" };
        using (var writer = XmlWriter.Create(text, settings))
        {
            writer.WriteStartElement("x", "xmpmeta", "adobe:ns:meta/");
            writer.WriteStartElement("rdf", "RDF", Rdf);
            writer.WriteStartElement("rdf", "Description", Rdf);
            writer.WriteAttributeString("rdf", "about", Rdf, "");
            if (facts.CreatorTool is { } tool) writer.WriteElementString("xmp", "CreatorTool", XmpBasic, tool);
            if (facts.DigitalSourceType is { } type) writer.WriteElementString("Iptc4xmpExt", "DigitalSourceType", IptcExtension, type);
        }

        return Encoding.UTF8.GetBytes(text.Append("\n<?xpacket end=\"r\"?>").ToString());
    }

    /// <summary>Reads a packet from outside: no document type, no entities, nothing beyond it; null when it is not one.</summary>
    /// <remarks>
    /// By the framework's XmlReader: XmpCore takes over a minute for a megabyte of nested elements, and sees nothing outside rdf:RDF.
    /// </remarks>
    public static XmpFacts? Read(byte[] packet)
    {
        ArgumentNullException.ThrowIfNull(packet);
        if (packet.Length > MaximumBytes) return null;
        var settings =
            new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, MaxCharactersInDocument = MaximumBytes };
        string? type = null, tool = null;
        try
        {
            // Some writers pad with zeros.
            using var stream = new MemoryStream(packet, 0, packet.AsSpan().TrimEnd((byte)0).Length);
            using var reader = XmlReader.Create(stream, settings);
            while (reader.Read())
            {
                if (reader.NodeType != XmlNodeType.Element) continue;
                if (reader is { NamespaceURI: IptcExtension, LocalName: "DigitalSourceType" }) type ??= Value(reader);
                else if (reader is { NamespaceURI: XmpBasic, LocalName: "CreatorTool" }) tool ??= Value(reader);

                // RDF lets a simple property stand as an attribute of its description, too.
                type ??= Bounded(reader.GetAttribute("DigitalSourceType", IptcExtension));
                tool ??= Bounded(reader.GetAttribute("CreatorTool", XmpBasic));
            }
        }
        catch (XmlException)
        {
            return null;
        }

        return new XmpFacts(type, tool);
    }

    private static string? Value(XmlReader reader)
    {
        if (reader.GetAttribute("resource", Rdf) is { } address) return Bounded(address);
        if (reader.IsEmptyElement) return null;
        reader.Read();
        return reader.NodeType == XmlNodeType.Text ? Bounded(reader.Value.Trim()) : null;
    }

    // For one line of output: nothing that moves a cursor.
    private static string? Bounded(string? text) =>
        string.IsNullOrEmpty(text) || text.Length > MaximumText ? null : string.Concat(text.Where(sign => !char.IsControl(sign)));
}

/// <summary>What an XMP packet says of where its file came from.</summary>
/// <param name="DigitalSourceType">IPTC's <c>DigitalSourceType</c>, an address; null where there is none.</param>
/// <param name="CreatorTool">The program that made the file; null where there is none.</param>
public sealed record XmpFacts(string? DigitalSourceType, string? CreatorTool);
