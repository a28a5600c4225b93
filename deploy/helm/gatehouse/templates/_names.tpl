{{- define "gatehouse.name" -}}
{{- .Release.Name | trunc 50 | trimSuffix "-" }}
{{- end }}

{{- define "gatehouse.selector" -}}
app.kubernetes.io/name: gatehouse
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end }}

{{- define "gatehouse.labels" -}}
{{ include "gatehouse.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
{{- end }}

{{- /* Where the issuer's path ends without a slash: the probes are below it. */ -}}
{{- define "gatehouse.path" -}}
{{- (urlParse (required "issuer must be set" .Values.issuer)).path | trimSuffix "/" }}
{{- end }}
