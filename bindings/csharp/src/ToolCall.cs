namespace Gemlive
{
    public sealed partial class ToolCall
    {
        /// <summary>Answers the call.</summary>
        /// <param name="outputJson">a JSON object is sent as it is, any other JSON value as {"output":
        /// value}</param>
        /// <exception cref="GemliveException">as for <see cref="LiveSession.ToolResponse"/></exception>
        public void Respond(string outputJson) => Session.ToolResponse(Call, outputJson);

        /// <summary>Answers that the function failed.</summary>
        /// <param name="message">what the model is told</param>
        /// <exception cref="GemliveException">as for <see cref="LiveSession.ToolResponse"/></exception>
        public void RespondError(string message) => Session.ToolResponse(Call, error: message);
    }
}
